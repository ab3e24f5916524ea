using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>Functions on objects, types and truth, and the two that raise errors.</summary>
internal static class ObjectFunctions
{
    public static readonly Builtin[] All =
    [
        new("keys", "<x-:a<s>>", Keys) { YieldsOne = false },
        new("lookup", "<x-s:x>", Lookup) { YieldsOne = false },
        new("spread", "<x-:a<o>>", Spread) { YieldsOne = false },
        new("merge", "<a<o>:o>", Merge),
        new("type", "<x:s>", Type),
        new("boolean", "<x-:b>", Boolean),
        new("not", "<x-:b>", Not),
        new("exists", "<x:b>", Exists),
        new("clone", "<(oa)-:o>", Clone),
        new("error", "<s?:x>", Error),
        new("assert", "<bs?:x>", Assert),
    ];

    private static Value Keys(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        var names = new Seq(SeqFlags.Sequence);
        if (a[0].IsArray)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            CollectKeys(ref f, a[0], names, seen);
        }
        else
        {
            foreach (var member in a[0].Members()) Sequences.Push(ref f, names, member.NameValue);
        }

        return new Value(Tag.Seq, names);
    }

    private static void CollectKeys(ref Frame f, in Value value, Seq names, HashSet<string> seen)
    {
        Comparison.CheckStack(ref f);
        if (value.IsArray)
        {
            foreach (var item in value.Items()) CollectKeys(ref f, item, names, seen);
        }
        else
        {
            foreach (var member in value.Members())
            {
                if (seen.Add(member.Name)) Sequences.Push(ref f, names, member.NameValue);
            }
        }
    }

    private static Value Lookup(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) =>
        a[1].IsMissing ? default : Paths.Lookup(ref f, a[0], new PathName(a[1].AsText()!));

    private static Value Spread(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        var value = a[0];
        if (!value.IsArray && !value.IsObject) return value;
        var parts = new Seq(value.IsArray && value.Count > 0 ? SeqFlags.None : SeqFlags.Sequence);
        SpreadInto(ref f, value, parts);
        return new Value(Tag.Seq, parts);
    }

    private static void SpreadInto(ref Frame f, in Value value, Seq parts)
    {
        Comparison.CheckStack(ref f);
        if (value.IsArray)
        {
            foreach (var item in value.Items()) SpreadInto(ref f, item, parts);
        }
        else if (value.IsObject)
        {
            foreach (var member in value.Members())
            {
                var one = new Map();
                one.Set(member.Name, member.Value);
                Sequences.Push(ref f, parts, new Value(Tag.Map, one));
            }
        }
        else Sequences.Push(ref f, parts, value);
    }

    private static Value Merge(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var merged = new Map();
        foreach (var item in a[0].Items())
        {
            foreach (var member in item.Members())
            {
                f.Step();
                merged.Set(member.Name, member.Value);
            }
        }

        return new Value(Tag.Map, merged);
    }

    private static Value Type(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => a[0].Kind switch
    {
        ValueKind.Missing => default,
        ValueKind.Null => Value.FromText("null"),
        ValueKind.Boolean => Value.FromText("boolean"),
        ValueKind.Number => Value.FromText("number"),
        ValueKind.Text => Value.FromText("string"),
        ValueKind.Array => Value.FromText("array"),
        ValueKind.Object => Value.FromText("object"),
        _ => Value.FromText("function"),
    };

    private static Value Boolean(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) =>
        a[0].IsMissing ? default : Value.FromBoolean(Comparison.IsTrue(ref f, a[0]));

    private static Value Not(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) =>
        a[0].IsMissing ? default : Value.FromBoolean(!Comparison.IsTrue(ref f, a[0]));

    private static Value Exists(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Value.FromBoolean(!a[0].IsMissing);

    /// <summary>Values never change, so a copy is the value itself.</summary>
    private static Value Clone(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => a[0];

    private static Value Error(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) =>
        throw Errors.InCall(f, "D3137", default, ("message", a[0].AsText() ?? "$error() function evaluated"));

    private static Value Assert(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsTrue) return default;
        throw Errors.InCall(f, "D3141", default, ("message", a[1].AsText() ?? "$assert() statement failed"));
    }
}
