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
        if (node.Steps[0] is ParentNode && _atInput) return AboveInput(node);
        return General(node, node.Steps);
    }

    private Eval General(PathNode node, List<Node> nodes)
    {
        var steps = new StepCode[nodes.Count];
        var outer = _atInput;
        for (var i = 0; i < steps.Length; i++)
        {
            _atInput = outer && i == 0 && nodes[i] is not SortNode;
            steps[i] = Step(nodes[i], i);
        }

        _atInput = outer;
        var group = node.Group is null ? null : GroupAside(node.Group);
        var general = new PathCode(steps, node.KeepSingletonArray, group);
        if (!_options.Specialise || _trace || group is not null || !nodes.TrueForAll(IsPlainName)) return general.Run;
        var names = nodes.ConvertAll(n => new PathName(((NameNode)n).Name)).ToArray();
        return new PlainPathCode(names, general, node.KeepSingletonArray).Run;
    }

    private static bool IsPlainName(Node node) => node is NameNode { Stages: null, Predicates: null, Group: null };

    /// <summary><c>%</c> at the begin of a path: a record around the input.</summary>
    private Eval AboveInput(PathNode node)
    {
        var levels = 0;
        while (levels < node.Steps.Count && node.Steps[levels] is ParentNode { Stages: null }) levels++;
        var at = node.Steps[0].Span;
        Eval parent = (ref Frame f, in Value _) =>
        {
            var parents = f.Context.Parents;
            if (levels > parents.Count) Errors.Throw(f, at, "S0217", default);
            return Sequences.WrapInput(parents[^levels]);
        };
        if (levels == node.Steps.Count) return parent;
        _atInput = false;
        var rest = General(node, node.Steps.GetRange(levels, node.Steps.Count - levels));
        _atInput = true;
        return (ref Frame f, in Value ctx) =>
        {
            var from = parent(ref f, ctx);
            return rest(ref f, from);
        };
    }

    private StepCode Step(Node node, int position)
    {
        if (node is SortNode sort) return new StepCode(Constant(default)) { Sort = Sort(sort), Filters = Filters(node) };
        return new StepCode(Node(node))
        {
            Filters = Filters(node),
            IsConstructor = position == 0 && node.ConsArray,
            IsVariable = position == 0 && node is VariableNode,
        };
    }

    private FilterCode[] Filters(Node node) => node.Stages is null ? [] : node.Stages.Where(s => s.Filter is not null).Select(Filter).ToArray();

    private FilterCode Filter(Stage stage)
    {
        var outer = _atInput;
        _atInput = false;
        var code = FilterAside(stage);
        _atInput = outer;
        return code;
    }

    private FilterCode FilterAside(Stage stage)
    {
        var node = stage.Filter!;
        if (node is ConstantNode { Value.IsNumber: true, Predicates: null, Group: null } number) return new FilterCode(Numbers.FloorToLong(number.Value));
        return new FilterCode(Node(node));
    }

    private SortCode Sort(SortNode node) => new([.. node.Terms.Select(t => (Node(t.Expression), t.Descending, t.Expression.Span))]);

    private static Eval Name(NameNode node)
    {
        var name = new PathName(node.Name);
        return (ref Frame f, in Value ctx) => Paths.Lookup(ref f, ctx, name);
    }

    private Eval Parent(ParentNode node)
    {
        Report("MAP274", node.Span, ("construct", "%"));
        return Constant(default);
    }

    private GroupCode GroupAside(ObjectNode node)
    {
        var outer = _atInput;
        _atInput = false;
        var code = Group(node);
        _atInput = outer;
        return code;
    }

    private GroupCode Group(ObjectNode node)
    {
        var pairs = new PairCode[node.Pairs.Count];
        for (var i = 0; i < pairs.Length; i++)
        {
            var (key, value) = node.Pairs[i];
            pairs[i] = new PairCode(Node(key), Node(value), key.Span, key is ConstantNode { Value.IsText: true, Predicates: null } text ? text.Value.AsText() : null);
        }

        return new GroupCode(pairs, _options.Specialise);
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
            if (!first.IsMissing && !(first.IsNumber && Numbers.IsWhole(Numbers.Ready(first)))) Errors.Throw(f, fromAt, "T2003", first);
            if (!last.IsMissing && !(last.IsNumber && Numbers.IsWhole(Numbers.Ready(last)))) Errors.Throw(f, toAt, "T2004", last);
            if (first.IsMissing || last.IsMissing || Numbers.Compare(first, last) > 0) return default;
            var count = Arithmetic.Subtract(Numbers.Ready(last), Numbers.Ready(first));
            var limit = f.Context.Budget.Limits.RangeLength;
            if (count.Tag != Tag.Decimal || count.Decimal >= limit || !first.TryGetDecimal(out var start))
            {
                throw Errors.Create(f, at, "D2014", default, ("limit", limit.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)));
            }

            return new Value(Tag.Seq, Seq.Range(start, (int)count.Decimal + 1));
        };
    }
}
