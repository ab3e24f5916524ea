using Mappings.Expressions.Binding;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Compilation;

/// <summary>Paths, filters, grouping.</summary>
internal sealed partial class Compiler
{
    private static Eval Grouped(Eval body, GroupCode group) => (ref Frame f, in Value ctx) =>
    {
        var input = body(ref f, ctx);
        return group.Run(ref f, input);
    };

    private Eval Path(PathNode node)
    {
        // jsonata-js takes a list that is written at the begin of a path as it is, with nothing bound to its elements.
        if (!_options.Strict && node.Steps[0] is { ConsArray: true } written && Binds(written)) (written.Focus, written.Index, written.Stages) = (null, null, null);

        // Nothing could read what is bound there: JSONata binds only in paths.
        if (node.Steps is [{ Focus: not null, Index: null } lone] && lone.Stages?.Exists(s => s.Index is not null) != true && lone is not (NameNode or ParentNode)) return General(node);
        return BindsVariables(node) || Children.Contains<ParentNode>(node) ? Planned(node).Finish() : General(node);
    }

    private static bool BindsVariables(PathNode node) => node.Steps.Exists(Binds);

    private static bool Binds(Node step) => step.Focus is not null || step.Index is not null || (step.Stages?.Exists(g => g.Index is not null) ?? false);

    private Eval General(PathNode node)
    {
        var steps = new StepCode[node.Steps.Count];
        for (var i = 0; i < steps.Length; i++) steps[i] = Step(node.Steps[i], i, Filters(node.Steps[i]));
        return Simple(node, steps, node.Group is null ? null : Group(node.Group));
    }

    private Eval Simple(PathNode node, StepCode[] steps, GroupCode? group)
    {
        var general = new PathCode(steps, node.KeepSingletonArray || node.KeepArray, group);
        if (!Takes(Shortcuts.PlainPaths) || _trace || group is not null || !node.Steps.TrueForAll(IsPlainName)) return general.Run;
        var names = node.Steps.ConvertAll(n => new PathName(((NameNode)n).Name)).ToArray();
        return new PlainPathCode(names, general, node.KeepSingletonArray).Run;
    }

    private static bool IsPlainName(Node node) => node is NameNode { Stages: null, Predicates: null, Group: null };

    private StepCode Step(Node node, int position, FilterCode[] filters, bool once = false)
    {
        if (node is SortNode sort) return new StepCode(Constant(default)) { Sort = Sort(sort), Filters = filters };
        return new StepCode(Node(node))
        {
            Filters = filters,
            IsConstructor = position == 0 && node.ConsArray,
            IsVariable = position == 0 && (once || node is VariableNode) || node is ParentNode,
        };
    }

    private FilterCode[] Filters(Node node) => node.Stages is null ? [] : node.Stages.Select(Filter).ToArray();

    private FilterCode Filter(Stage stage)
    {
        var node = stage.Filter!;

        // No shortcut: an array found by a written number is the result itself, one found by a computed number is an element.
        if (node is ConstantNode { Value.IsNumber: true, Predicates: null, Group: null } number) return new FilterCode(Numbers.FloorToLong(number.Value));
        return new FilterCode(Node(node));
    }

    /// <summary>A part whose context is a computed value: nothing stands above that.</summary>
    private T Aside<T>(Func<T> compile)
    {
        var outer = _context;
        _context = Provenance.Computed;
        var code = compile();
        _context = outer;
        return code;
    }

    private SortCode Sort(SortNode node) => new([.. node.Terms.Select(t => (Node(t.Expression), t.Descending, t.Expression.Span))]);

    private static Eval Name(NameNode node)
    {
        var name = new PathName(node.Name);
        return (ref Frame f, in Value ctx) => Paths.Lookup(ref f, ctx, name);
    }

    private GroupCode Group(ObjectNode node)
    {
        var pairs = new PairCode[node.Pairs.Count];
        for (var i = 0; i < pairs.Length; i++)
        {
            var (key, value) = node.Pairs[i];
            pairs[i] = new PairCode(Node(key), Node(value), key.Span, key is ConstantNode { Value.IsText: true, Predicates: null } text ? text.Value.AsText() : null);
        }

        return new GroupCode(pairs, Takes(Shortcuts.ConstantNames));
    }

    private Eval Object(ObjectNode node)
    {
        var group = Group(node);
        return group.Run;
    }

    private Eval Array(ArrayNode node)
    {
        var items = node.Items.ConvertAll(i => (Body: Node(i), IsArray: i is ArrayNode)).ToArray();
        var flags = node.ConsArray ? SeqFlags.Cons : SeqFlags.None;
        if (node.Items is [RangeNode])
        {
            // The numbers of a lone range are made when they are asked for.
            var range = items[0].Body;
            return (ref Frame f, in Value ctx) => range(ref f, ctx) is { Tag: Tag.Seq } made ? new Value(Tag.Seq, made.Seq.WithFlags(flags)) : new Value(Tag.Seq, new Seq(flags));
        }

        return (ref Frame f, in Value ctx) =>
        {
            var list = new Seq(flags);
            foreach (var (body, isArray) in items)
            {
                var value = body(ref f, ctx);
                if (value.IsMissing) continue;
                if (isArray) Sequences.Push(ref f, list, value);
                else Sequences.Append(ref f, list, value);
            }

            return new Value(Tag.Seq, list);
        };
    }

    private Eval Range(RangeNode node)
    {
        var from = Node(node.From);
        var to = Node(node.To);
        var fromAt = node.From.Span;
        var toAt = node.To.Span;
        var at = node.Span;
        return (ref Frame f, in Value ctx) =>
        {
            var first = from(ref f, ctx);
            var last = to(ref f, ctx);
            if (!first.IsMissing && !(first.IsNumber && Numbers.IsWhole(Numbers.Ready(first)))) Errors.Throw(f, fromAt, "T2003", first, ("operator", ".."));
            if (!last.IsMissing && !(last.IsNumber && Numbers.IsWhole(Numbers.Ready(last)))) Errors.Throw(f, toAt, "T2004", last, ("operator", ".."));
            if (first.IsMissing || last.IsMissing || Numbers.Compare(first, last) > 0) return default;
            var count = Arithmetic.Subtract(Numbers.Ready(last), Numbers.Ready(first));
            var limit = f.Context.Budget.Limits.RangeLength;
            if (count.Tag != Tag.Decimal || count.Decimal >= limit || !first.TryGetDecimal(out var start))
            {
                throw Errors.Create(f, at, "D2014", default, ("operator", ".."), ("limit", limit.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)));
            }

            return new Value(Tag.Seq, Seq.Range(start, (int)count.Decimal + 1));
        };
    }
}
