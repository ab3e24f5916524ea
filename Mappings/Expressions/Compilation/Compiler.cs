using Mappings.Diagnostics;
using Mappings.Expressions.Binding;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Compilation;

/// <summary>Text in, closures out: one delegate for each node of the syntax tree.</summary>
internal sealed partial class Compiler
{
    private readonly ExpressionOptions _options;
    private readonly Unit _unit;
    private readonly Findings _findings;
    private readonly bool _trace;
    private Scope _scope = new(null, ownActivation: true);

    /// <summary>Where the context of the part that is compiled comes from: what <c>%</c> counts from.</summary>
    private Provenance _context = Provenance.Input;

    private Compiler(Unit unit, ExpressionOptions options, Findings findings, bool trace)
    {
        _unit = unit;
        _options = options;
        _findings = findings;
        _trace = trace;
    }

    public static Expression? Compile(string text, ExpressionOptions options, Findings findings, ExpressionOrigin origin, bool pathOnly)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(findings);
        var unit = new Unit(text, origin, options.Strict, options.Profile);
        var own = new Findings();
        Expression? expression = null;
        try
        {
            var tree = Parser.Parse(text);
            if (pathOnly) PathGrammar.Check(tree, unit, own);
            ProfileCheck.Run(tree, unit, options, own);
            var compiler = new Compiler(unit, options, own, trace: false);
            var body = compiler.Root(tree);
            if (!own.HasErrors) expression = new Expression(unit, body, () => new Compiler(unit, options, new Findings(), trace: true).Root(tree), compiler._scope.SlotCount, FactsBuilder.Build(tree, unit, options));
        }
        catch (SyntaxException error)
        {
            own.Add(Refused(error, unit));
        }

        findings.AddRange(own);
        return own.HasErrors ? null : expression;
    }

    /// <summary>Compiles a text that <c>$eval</c> meets inside another expression.</summary>
    /// <returns>The code, or null when <paramref name="findings"/> received an error.</returns>
    public static Eval? Inside(Unit unit, ExpressionOptions options, Findings findings, Scope around)
    {
        var compiler = new Compiler(unit, options, findings, trace: false) { _scope = new Scope(around, ownActivation: true) };
        try
        {
            var body = Activated(compiler.Root(Parser.Parse(unit.Text)), compiler._scope);
            return findings.HasErrors ? null : body;
        }
        catch (SyntaxException error)
        {
            findings.Add(Refused(error, unit));
            return null;
        }
    }

    private static Finding Refused(SyntaxException error, Unit unit) =>
        Finding.Error(error.Code, unit.Origin.Locate(unit.Text, error.Start), string.Empty, [.. error.Arguments, ("hint", Opened(error, unit))]) with { Length = Math.Max(0, error.End - error.Start) };

    /// <summary>Which bracket is not closed: it may stand many lines above the place where the closing one is missed.</summary>
    private static string Opened(SyntaxException error, Unit unit)
    {
        if (error.Opened is not { } at) return string.Empty;
        var place = unit.Origin.Locate(unit.Text, at);
        return DiagnosticTexts.Catalog.Render("word.opened", ("bracket", unit.Text[at].ToString()), ("at", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{place.Line}:{place.Column}")));
    }

    private Eval Root(Node tree)
    {
        foreach (var name in Children.BoundNames(tree)) _scope.Declare(name);
        return Node(tree);
    }

    private void Report(string code, TextSpan at, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        _findings.Add(Finding.Error(code, _unit.Origin.Locate(_unit.Text, at.Start), string.Empty, arguments) with { Length = at.End - at.Start });

    private string Source(Node node) => _unit.Text[node.Start..node.End];

    /// <summary>A node with its filters, grouping and list mark.</summary>
    /// <param name="tail">True when the result is the function's result: a call there needs no stack.</param>
    private Eval Node(Node node, bool tail = false)
    {
        if (node is BlockNode { Predicates: not null, Group: null, KeepArray: false } filtered && TailPath(filtered) is not null && node.Predicates!.Exists(p => p.Filter is not null && Children.Contains<ParentNode>(p.Filter)))
        {
            return Planned(new PathNode(node)).Finish();
        }

        var plain = node.Predicates is null && node.Group is null && !node.KeepArray;
        var body = Core(node, tail && plain && !_trace);
        if (node.Predicates is not null)
        {
            body = Filtered(body, node.Predicates.Select(stage => Aside(() => Filter(stage))).ToArray());
        }

        if (node.Group is not null && node is not PathNode) body = Grouped(body, Aside(() => Group(node.Group)));
        if (node.Predicates is not null || node.KeepArray) body = Finished(body, node.KeepArray, node.Predicates is not null && node.Group is null);
        return _trace ? Traced(body, node.Span) : body;
    }

    private Eval Core(Node node, bool tail) => node switch
    {
        ConstantNode constant => Constant(constant.Value),
        VariableNode variable => Variable(variable),
        PathNode path => Path(path),
        NameNode name => Name(name),
        BinaryNode binary => Binary(binary),
        CallNode call => Call(call, tail),
        ConditionNode condition => Condition(condition, tail),
        BlockNode block => Block(block, tail),
        NegateNode negate => Negate(negate),
        ArrayNode array => Array(array),
        ObjectNode o => Object(o),
        LambdaNode lambda => Lambda(lambda),
        BindNode bind => Bind(bind),
        RangeNode range => Range(range),
        RegexNode regex => Regex(regex),
        WildcardNode => Walks.Wildcard,
        DescendantNode => Walks.Descendants,
        ParentNode parent => Parent(parent),
        TransformNode transform => Transform(transform),
        _ => throw new InvalidOperationException($"{node.GetType().Name} is no expression."),
    };

    private bool Takes(Shortcuts shortcut) => (_options.Shortcuts & shortcut) != 0;

    private static Eval Constant(Value value) => new ConstantCode(value).Run;

    private static Eval Traced(Eval body, TextSpan at) => (ref Frame f, in Value ctx) =>
    {
        var value = body(ref f, ctx);
        f.Context.Trace?.Invoke(at.Start, at.End, value);
        return value;
    };

    private static Eval Filtered(Eval body, FilterCode[] filters) => (ref Frame f, in Value ctx) => FilterCode.Apply(ref f, filters, body(ref f, ctx));

    /// <param name="filtered">The value came out of a filter, whose single result stands for a list of one.</param>
    private static Eval Finished(Eval body, bool keep, bool filtered) => (ref Frame f, in Value ctx) =>
    {
        var value = body(ref f, ctx);
        if (keep && value.Tag == Tag.Seq && value.Seq.IsSequence) value = new Value(Tag.Seq, value.Seq.WithFlags(value.Seq.Flags | SeqFlags.KeepSingleton));
        else if (keep && filtered && !value.IsMissing && !value.IsArray) value = new Value(Tag.Seq, new Seq(SeqFlags.Sequence | SeqFlags.KeepSingleton, value));
        return Sequences.Unwrap(value);
    };

    private Eval Condition(ConditionNode node, bool tail)
    {
        var condition = Node(node.Condition);
        if (node.Kind != ConditionKind.Ternary)
        {
            var fallback = Node(node.Otherwise!, tail);
            if (node.Kind == ConditionKind.Coalesce)
            {
                return (ref Frame f, in Value ctx) =>
                {
                    var value = condition(ref f, ctx);
                    return value.IsMissing ? fallback(ref f, ctx) : value;
                };
            }

            return (ref Frame f, in Value ctx) =>
            {
                var value = condition(ref f, ctx);
                return Comparison.IsTrue(ref f, value) ? value : fallback(ref f, ctx);
            };
        }

        var then = Node(node.Then, tail);
        var otherwise = node.Otherwise is null ? null : Node(node.Otherwise, tail);
        return (ref Frame f, in Value ctx) =>
        {
            if (Comparison.IsTrue(ref f, condition(ref f, ctx))) return then(ref f, ctx);
            return otherwise is null ? default : otherwise(ref f, ctx);
        };
    }
}
