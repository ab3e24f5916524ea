using Mappings.Expressions.Functions;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Binding;

/// <summary>
/// Walks the tree with "which source path does this node stand for" in place of a value. What is computed stands for
/// no path; every name that is read is noted all the same.
/// </summary>
internal sealed class FactsBuilder
{
    private readonly Unit _unit;
    private readonly ExpressionOptions _options;
    private readonly List<SourcePath> _paths = [];
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);
    private readonly List<HostCall> _calls = [];
    private readonly Dictionary<string, SourcePath?> _bound = new(StringComparer.Ordinal);
    private bool _deterministic = true;
    private bool _document;
    private bool _parent;
    private bool _input;

    private FactsBuilder(Unit unit, ExpressionOptions options)
    {
        _unit = unit;
        _options = options;
    }

    public static ExpressionFacts Build(Node tree, Unit unit, ExpressionOptions options)
    {
        var builder = new FactsBuilder(unit, options);
        var result = builder.Visit(tree, new SourcePath(SourcePathBase.Input, string.Empty, []));
        var paths = builder.Longest();
        return new ExpressionFacts
        {
            MayBeMany = MayBeMany(tree),
            IsConstant = paths.Count == 0 && builder is { _deterministic: true, _document: false, _parent: false, _input: false } && builder._variables.Count == 0 && builder._calls.Count == 0,
            IsDeterministic = builder._deterministic && builder._calls.Count == 0,
            UsesDocument = builder._document,
            UsesParent = builder._parent,
            Paths = paths,
            Variables = [.. builder._variables],
            HostCalls = builder._calls,
            PlainPath = tree is PathNode or VariableNode ? result : null,
        };
    }

    /// <summary>Each path once, without those that are only the begin of another.</summary>
    private List<SourcePath> Longest()
    {
        var byText = new Dictionary<string, SourcePath>(StringComparer.Ordinal);
        foreach (var path in _paths) byText.TryAdd(path.ToString(), path);
        return [.. byText.Values.Where(p => !byText.Values.Any(o => !ReferenceEquals(o, p) && IsBegin(p, o)))];
    }

    private static bool IsBegin(SourcePath begin, SourcePath whole) =>
        begin.Base == whole.Base && begin.Variable == whole.Variable && begin.Levels == whole.Levels && begin.Parts.Count < whole.Parts.Count
        && begin.Parts.Select(p => p.Name).SequenceEqual(whole.Parts.Take(begin.Parts.Count).Select(p => p.Name));

    private SourcePath? Visit(Node node, SourcePath? ctx)
    {
        var result = Core(node, ctx);
        Stages(node.Predicates, result);
        if (node.Group is not null)
        {
            Visit(node.Group, result);
            return null;
        }

        return result;
    }

    private void Stages(List<Stage>? stages, SourcePath? ctx)
    {
        foreach (var stage in stages ?? [])
        {
            if (stage.Filter is not null) Visit(stage.Filter, ctx);
        }
    }

    private SourcePath? Core(Node node, SourcePath? ctx)
    {
        switch (node)
        {
            case NameNode name: return Extend(ctx, name.Name, node);
            case WildcardNode: return Extend(ctx, "*", node);
            case DescendantNode: return Extend(ctx, "**", node);
            case ParentNode: return Above(ctx);
            case VariableNode variable: return Variable(variable, ctx);
            case PathNode path:
                foreach (var step in path.Steps)
                {
                    ctx = Visit(step, ctx);
                    Stages(step.Stages, ctx);
                }

                return ctx;
            case BlockNode block:
                SourcePath? last = null;
                foreach (var part in block.Expressions) last = Visit(part, ctx);
                return last;
            case BindNode bind:
                var bound = Visit(bind.Value, ctx);
                _bound[bind.Name] = bound;
                return bound;
            case LambdaNode lambda:
                foreach (var parameter in lambda.Parameters) _bound.TryAdd(parameter, null);
                Visit(lambda.Body, ctx);
                return null;
            case CallNode call: return Call(call, ctx);
            case SortNode sort:
                foreach (var (term, _) in sort.Terms) Visit(term, ctx);
                return ctx;
            default:
                foreach (var child in Children.Of(node))
                {
                    if (!IsStage(node, child)) Visit(child, ctx);
                }

                return null;
        }
    }

    private static bool IsStage(Node node, Node child) =>
        ReferenceEquals(node.Group, child) || (node.Predicates ?? []).Concat(node.Stages ?? []).Any(s => ReferenceEquals(s.Filter, child));

    private SourcePath? Call(CallNode call, SourcePath? ctx)
    {
        var paths = call.Arguments.ConvertAll(a => a is LambdaNode ? null : Visit(a, ctx));
        var name = (call.Procedure as VariableNode)?.Name;
        if (name is null || _bound.ContainsKey(name)) Visit(call.Procedure, ctx);
        else if (_options.HostFunctions.Any(h => h.Name == name))
        {
            _calls.Add(new HostCall(name, call.Arguments.ConvertAll(a => (a as ConstantNode)?.Value.AsText()), _unit.Origin.Locate(_unit.Text, call.Start)));
        }
        else if (_options.Variables.Contains(name)) _variables.Add(name);
        else if (Library.Find(name) is { IsDeterministic: false }) _deterministic = false;
        foreach (var lambda in call.Arguments.OfType<LambdaNode>())
        {
            // The functions of lists hand their elements to the first parameter.
            if (name is "map" or "filter" or "single" && lambda.Parameters.Count > 0) _bound[lambda.Parameters[0]] = paths[0];
            Visit(lambda, ctx);
        }

        return name is "filter" or "single" or "sort" or "reverse" or "distinct" && paths.Count > 0 ? paths[0] : null;
    }

    private SourcePath? Variable(VariableNode node, SourcePath? ctx)
    {
        if (node.Name.Length == 0)
        {
            _input = true;
            return ctx;
        }

        if (node.Name == "$")
        {
            _document = true;
            return new SourcePath(SourcePathBase.Document, string.Empty, []);
        }

        if (_bound.TryGetValue(node.Name, out var path)) return path;
        if (!_options.Variables.Contains(node.Name))
        {
            if (Library.Find(node.Name) is { IsDeterministic: false }) _deterministic = false;
            return null;
        }

        _variables.Add(node.Name);
        return new SourcePath(SourcePathBase.Variable, node.Name, []);
    }

    private SourcePath? Above(SourcePath? ctx)
    {
        if (ctx is null) return null;
        if (ctx.Base == SourcePathBase.Input && ctx.Parts.Count == 0 || ctx is { Base: SourcePathBase.Parent, Parts.Count: 0 })
        {
            _parent = true;
            return new SourcePath(SourcePathBase.Parent, string.Empty, []) { Levels = ctx.Levels + 1 };
        }

        return ctx.Parts.Count == 0 ? null : ctx with { Parts = [.. ctx.Parts.Take(ctx.Parts.Count - 1)] };
    }

    private SourcePath? Extend(SourcePath? ctx, string name, Node node)
    {
        if (ctx is null) return null;
        var takesOne = node.Stages is [{ Filter: ConstantNode { Value.IsNumber: true } }, ..];
        var part = new SourcePathPart(name, _unit.Origin.Locate(_unit.Text, node.Start), node.End - node.Start, takesOne);
        var extended = ctx with { Parts = [.. ctx.Parts, part] };
        _paths.Add(extended);
        return extended;
    }

    private static bool MayBeMany(Node node) => node switch
    {
        ConstantNode or BinaryNode { Operator: not "~>" } or NegateNode or ObjectNode or LambdaNode or RegexNode => false,
        ArrayNode => true,
        { Group: not null } => false,
        { KeepArray: true } => true,
        CallNode { Procedure: VariableNode { Predicates: null } procedure, Predicates: null } => Library.Find(procedure.Name) is not { YieldsOne: true },
        ConditionNode { Kind: ConditionKind.Ternary } condition => MayBeMany(condition.Then) || (condition.Otherwise is not null && MayBeMany(condition.Otherwise)),
        ConditionNode condition => MayBeMany(condition.Condition) || MayBeMany(condition.Otherwise!),
        BlockNode block => block.Expressions.Count > 0 && MayBeMany(block.Expressions[^1]),
        BindNode bind => MayBeMany(bind.Value),
        _ => true,
    };
}
