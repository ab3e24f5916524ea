using Mappings.Expressions.Binding;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Compilation;

/// <summary>A path whose parts are compiled, before it is known which of them must be remembered.</summary>
internal sealed class PlannedPath(PathNode node, PathPlan plan)
{
    private readonly List<StepCode?> _steps = [];
    private readonly List<PlannedBlock?> _blocks = [];

    public PathPlan Plan { get; } = plan;

    /// <summary>The step added last, when it is a block.</summary>
    public PlannedBlock? Block => _blocks[^1];

    public List<List<TupleStage>> Stages { get; } = [];

    public GroupCode? Group { get; set; }

    /// <summary>Makes a path without variables.</summary>
    public Func<PathNode, StepCode[], GroupCode?, Eval>? Simple { get; set; }

    public void Add(StepCode step)
    {
        _steps.Add(step);
        _blocks.Add(null);
    }

    public void Add(PlannedBlock block)
    {
        _steps.Add(null);
        _blocks.Add(block);
    }

    public Eval Finish()
    {
        if (Plan.NeedsTuples || Plan.Scope.HasOwnActivation) return Tuples().Run;
        var steps = new StepCode[_steps.Count];
        for (var i = 0; i < steps.Length; i++) steps[i] = Step(i).With([.. Stages[i].Select(s => s.Filter!)]);
        return Simple!(node, steps, Group);
    }

    public TuplePathCode Tuples()
    {
        var slots = Plan.Names.Select(n => Plan.Scope.TryFind(n, out var slot, out _) ? slot : -1).ToArray();
        var steps = new StepCode[_steps.Count];
        var tuples = new TupleStep[steps.Length];
        var begin = 0;
        while (begin < steps.Length - 1 && !Binds(begin)) begin++;
        for (var i = 0; i < steps.Length; i++)
        {
            var written = node.Steps[i];
            var imports = Plan.Imports(i);
            steps[i] = imports.Count == 0 ? Step(i) : new StepCode(static (ref Frame _, in Value _) => default);
            tuples[i] = new TupleStep(steps[i].Body, steps[i].Sort, steps[i].IsVariable, Place(written.Focus), Place(written.Index), Plan.AncestorPosition(i), [.. Stages[i]])
            {
                Inner = imports.Count == 0 ? null : _blocks[i]!.Tuples(),
                Imports = [.. imports.Select(name => (_blocks[i]!.Path.Plan.Position(name.Inner), Plan.Position(name.Outer)))],
            };
        }

        for (var i = 0; i < begin; i++) steps[i] = steps[i].With([.. Stages[i].Select(s => s.Filter!)]);
        var plain = new PathCode(steps, node.KeepSingletonArray || node.KeepArray, null);
        return new TuplePathCode(tuples, begin, slots, Plan.Scope.HasOwnActivation ? () => Plan.Scope.SlotCount : null, plain, Group);
    }

    /// <summary>True when a step sets a variable, or must remember what it was found in.</summary>
    private bool Binds(int position) =>
        node.Steps[position].Focus is not null || node.Steps[position].Index is not null || Stages[position].Exists(s => s.Filter is null)
        || Plan.AncestorPosition(position) >= 0 || Plan.Imports(position).Count > 0;

    private StepCode Step(int position) => _steps[position] ?? new StepCode(_blocks[position]!.Finish());

    private int Place(string? name) => name is null ? -1 : Plan.Variable(name);
}
