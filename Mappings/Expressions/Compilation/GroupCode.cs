using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>One <c>key: value</c> of an object constructor.</summary>
internal sealed class PairCode(Eval key, Eval value, TextSpan at, string? constantKey)
{
    public Eval Key { get; } = key;

    public Eval Value { get; } = value;

    public TextSpan At { get; } = at;

    public string? ConstantKey { get; } = constantKey;
}

/// <summary>An object constructor: items whose key is the same are grouped, and the value is computed over the group.</summary>
internal sealed class GroupCode
{
    private readonly PairCode[] _pairs;
    private readonly bool _direct;

    public GroupCode(PairCode[] pairs, bool direct)
    {
        _pairs = pairs;
        _direct = direct && Array.TrueForAll(pairs, p => p.ConstantKey is not null)
            && pairs.Select(p => p.ConstantKey).Distinct(StringComparer.Ordinal).Count() == pairs.Length;
    }

    public Value Run(ref Frame f, in Value input)
    {
        f.Step();
        if (_direct && !input.IsArray) return Direct(ref f, input);
        var groups = new List<Group>();
        var index = new Dictionary<string, Group>(StringComparer.Ordinal);
        if (!input.IsArray || input.Count == 0) Collect(ref f, input.IsArray ? default : input, groups, index);
        else
        {
            foreach (var item in input.Items()) Collect(ref f, item, groups, index);
        }

        var result = new Map();
        foreach (var group in groups)
        {
            var value = group.Pair.Value(ref f, group.Data);
            if (!value.IsMissing) result.Set(group.Key, value);
        }

        return new Value(Tag.Map, result);
    }

    /// <summary>Groups the tuples of a path: in each group the items, and the values of each variable, are put together.</summary>
    public Value RunTuples(ref Frame f, List<PathTuple> tuples, TuplePathCode path, Activation? outer)
    {
        var groups = new Dictionary<string, (PairCode Pair, List<PathTuple> Members)>(StringComparer.Ordinal);
        foreach (var tuple in tuples)
        {
            path.Load(ref f, outer, tuple);
            foreach (var pair in _pairs)
            {
                var key = pair.Key(ref f, tuple.Item);
                if (key.IsMissing) continue;
                if (!key.IsText) Errors.Throw(f, pair.At, "T1003", key);
                var name = key.AsText()!;
                if (!groups.TryGetValue(name, out var group)) groups.Add(name, group = (pair, []));
                if (!ReferenceEquals(group.Pair, pair)) Errors.Throw(f, pair.At, "D1009", key);
                group.Members.Add(tuple);
            }
        }

        var result = new Map();
        foreach (var (name, group) in groups)
        {
            var merged = Merge(ref f, group.Members);
            path.Load(ref f, outer, merged);
            var value = group.Pair.Value(ref f, merged.Item);
            if (!value.IsMissing) result.Set(name, value);
        }

        return new Value(Tag.Map, result);
    }

    private static PathTuple Merge(ref Frame f, List<PathTuple> members)
    {
        if (members.Count == 1) return members[0];
        var items = new Seq(SeqFlags.None);
        foreach (var member in members) Sequences.Append(ref f, items, member.Item);
        var variables = new Value[members[0].Variables.Length];
        for (var i = 0; i < variables.Length; i++)
        {
            var values = new Seq(SeqFlags.None);
            foreach (var member in members)
            {
                if (!member.Variables[i].IsMissing) Sequences.Append(ref f, values, member.Variables[i]);
            }

            variables[i] = values.Count == 0 ? default : new Value(Tag.Seq, values);
        }

        return new PathTuple(new Value(Tag.Seq, items), variables);
    }

    private Value Direct(ref Frame f, in Value input)
    {
        var result = new Map();
        foreach (var pair in _pairs)
        {
            var value = pair.Value(ref f, input);
            if (!value.IsMissing) result.Set(pair.ConstantKey!, value);
        }

        return new Value(Tag.Map, result);
    }

    private void Collect(ref Frame f, in Value item, List<Group> groups, Dictionary<string, Group> index)
    {
        foreach (var pair in _pairs)
        {
            f.Step();
            var key = pair.Key(ref f, item);
            if (key.IsMissing) continue;
            if (!key.IsText) Errors.Throw(f, pair.At, "T1003", key);
            var name = key.AsText()!;
            if (index.TryGetValue(name, out var group))
            {
                if (!ReferenceEquals(group.Pair, pair)) Errors.Throw(f, pair.At, "D1009", key);
                group.Add(ref f, item);
            }
            else
            {
                group = new Group(name, pair, item);
                index.Add(name, group);
                groups.Add(group);
            }
        }
    }

    private sealed class Group(string key, PairCode pair, Value first)
    {
        private Seq? _items;

        public string Key { get; } = key;

        public PairCode Pair { get; } = pair;

        public Value Data { get; private set; } = first;

        public void Add(ref Frame f, in Value item)
        {
            if (_items is null)
            {
                _items = new Seq(SeqFlags.None);
                Sequences.Append(ref f, _items, Data);
                Data = new Value(Tag.Seq, _items);
            }

            Sequences.Append(ref f, _items, item);
        }
    }
}
