using Mappings.Expressions.Binding;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Compilation;

/// <summary>Paths that bind variables, and <c>%</c>.</summary>
internal sealed partial class Compiler
{
    /// <summary>
    /// A path that binds variables, or has a <c>%</c> inside. Whether its steps must remember their inputs shows when all
    /// is compiled that can ask for them: the path itself, and the path around a block that ends with it.
    /// </summary>
    private PlannedPath Planned(PathNode node)
    {
        var scope = new Scope(_scope, ownActivation: Children.Contains<LambdaNode>(node) || Children.Contains<TransformNode>(node));
        var start = _context;
        var plan = new PathPlan(scope, start);
        _scope = scope;
        foreach (var step in node.Steps)
        {
            if (step.Focus is not null) plan.Variable(step.Focus);
            if (step.Index is not null) plan.Variable(step.Index);
            foreach (var stage in step.Stages ?? [])
            {
                if (stage.Index is not null) plan.Variable(stage.Index);
            }
        }

        var path = new PlannedPath(node, plan);
        for (var i = 0; i < node.Steps.Count; i++)
        {
            var step = node.Steps[i];
            _context = plan.Current;
            if (step is WildcardNode or DescendantNode && step.Predicates is not null) (step.Stages, step.Predicates) = (step.Predicates, null);
            if (step is BlockNode { Group: null } block && TailPath(block) is not null) path.Add(Planned(block));
            else path.Add(Step(step, i, [], node.StartsOnce));
            plan.Add(path.Block is { } ended ? ended.Result(plan, i) : Result(plan, node.Steps, i));
            _context = plan.Current;

            // A block at the begin has its filters as predicates, because there was no path yet when they were read.
            var stages = path.Block is null ? step.Stages : step.Stages ?? step.Predicates;
            path.Stages.Add([.. (stages ?? []).Select(s => new TupleStage(s.Filter is null ? null : Filter(s), s.Index is null ? -1 : plan.Variable(s.Index)))]);
        }

        path.Group = node.Group is null ? null : Group(node.Group);
        path.Simple = Simple;
        _context = start;
        _scope = scope.Parent!;
        return path;
    }

    /// <summary>The path a block's result comes from, also out of blocks in blocks; null when it comes from something else.</summary>
    private static PathNode? TailPath(BlockNode block) => block.Expressions.Count == 0 ? null : block.Expressions[^1] switch
    {
        PathNode { Group: null, Predicates: null } path => path,
        WildcardNode { Group: null, Predicates: null } wildcard => new PathNode(wildcard) { StartsOnce = true },
        BlockNode { Group: null, Predicates: null } inner => TailPath(inner),
        _ => null,
    };

    private PlannedBlock Planned(BlockNode node)
    {
        var scope = new Scope(_scope, ownActivation: (node.HasLambda || !Takes(Shortcuts.SharedVariables)) && node.Expressions.SelectMany(Children.BoundNames).Any());
        foreach (var name in node.Expressions.SelectMany(Children.BoundNames).ToHashSet()) scope.Declare(name);
        _scope = scope;
        var before = node.Expressions.Take(node.Expressions.Count - 1).Select(e => Node(e)).ToArray();
        var block = node.Expressions[^1] is BlockNode inner
            ? new PlannedBlock(scope, before, Planned(inner))
            : new PlannedBlock(scope, before, Planned(TailPath(node)!));
        _scope = scope.Parent!;
        return block;
    }

    /// <summary>Where the items that a step yields come from.</summary>
    private Provenance Result(PathPlan plan, List<Node> steps, int position) => steps[position] switch
    {
        // A row of bound steps all stand beside each other: what is above them is what the first one was found in.
        { Focus: not null } when position > 0 && steps[position - 1].Focus is not null => plan.Current,

        // jsonata-js finds no parent behind them, although it is there.
        SortNode or VariableNode { Name: "" } => _options.Strict ? plan.Current : Provenance.Computed,
        NameNode or WildcardNode => new Provenance(plan, position, -1),
        ParentNode => plan.Current.Above,
        VariableNode { Name: "$" } => Provenance.Input,
        _ => Provenance.Computed,
    };

    private Eval Parent(ParentNode node)
    {
        if (_context.Plan is { } plan)
        {
            plan.Scope.TryFind(_context.Ancestor(), out var slot, out _);
            return Slot(_scope.HopsTo(plan.Scope), slot);
        }

        if (!_context.IsInput)
        {
            Report("S0217", node.Span);
            return Constant(default);
        }

        var level = _context.Level + 1;
        var at = node.Span;
        return (ref Frame f, in Value _) =>
        {
            var parents = f.Context.Parents;
            if (level > parents.Count) Errors.Throw(f, at, "S0217", default);
            return parents[^level];
        };
    }
}
