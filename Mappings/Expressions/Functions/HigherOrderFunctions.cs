using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>Functions that call functions.</summary>
internal static class HigherOrderFunctions
{
    public static readonly Builtin[] All =
    [
        new("map", "<af>", Map) { YieldsOne = false },
        new("filter", "<af>", Filter) { YieldsOne = false },
        new("single", "<af?>", Single),
        new("reduce", "<afj?:j>", Reduce),
        new("sift", "<o-f?:o>", Sift),
        new("each", "<o-f:a>", Each) { YieldsOne = false },
    ];

    private static Value Map(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var result = new Seq(SeqFlags.Sequence);
        var at = f.At;
        var index = 0;
        foreach (var item in a[0].Items())
        {
            f.At = at;
            var mapped = Calls.ApplyToItem(ref f, a[1].Function, item, index++, a[0]);
            if (!mapped.IsMissing) Sequences.Push(ref f, result, Sequences.Plain(mapped));
        }

        return new Value(Tag.Seq, result);
    }

    private static Value Filter(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var result = new Seq(SeqFlags.Sequence);
        var at = f.At;
        var index = 0;
        foreach (var item in a[0].Items())
        {
            f.At = at;
            if (Comparison.IsTrue(ref f, Calls.ApplyToItem(ref f, a[1].Function, item, index++, a[0]))) Sequences.Push(ref f, result, item);
        }

        return new Value(Tag.Seq, result);
    }

    private static Value Single(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        Value found = default;
        var has = false;
        var at = f.At;
        var index = 0;
        foreach (var item in a[0].Items())
        {
            f.At = at;
            var fits = a[1].IsMissing || Comparison.IsTrue(ref f, Calls.ApplyToItem(ref f, a[1].Function, item, index, a[0]));
            index++;
            if (!fits) continue;
            f.At = at;
            if (has) throw Errors.InCall(f, "D3138", item);
            found = item;
            has = true;
        }

        f.At = at;
        return has ? found : throw Errors.InCall(f, "D3139", default);
    }

    private static Value Reduce(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var function = a[1].Function;
        if (function.Arity < 2) throw Errors.InCall(f, "D3050", a[1]);
        var result = a[2];
        var started = !a[2].IsMissing;
        var at = f.At;
        var index = 0;
        foreach (var item in a[0].Items())
        {
            if (!started)
            {
                result = item;
                started = true;
            }
            else
            {
                f.At = at;
                Value[] arguments = [result, item, Value.FromNumber(index), a[0]];
                result = Calls.Apply(ref f, function, arguments.AsSpan(0, Math.Min(4, Math.Max(2, function.Arity))), default, at);
            }

            index++;
        }

        return result;
    }

    private static Value Sift(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing || a[1].IsMissing) return default;
        var kept = new Runtime.Map();
        var at = f.At;
        foreach (var member in a[0].Members())
        {
            f.At = at;
            if (Comparison.IsTrue(ref f, ForMember(ref f, a[1].Function, member, a[0]))) kept.Set(member.Name, member.Value);
        }

        return kept.Count == 0 ? default : new Value(Tag.Map, kept);
    }

    private static Value Each(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        var result = new Seq(SeqFlags.Sequence);
        var at = f.At;
        foreach (var member in a[0].Members())
        {
            f.At = at;
            var mapped = ForMember(ref f, a[1].Function, member, a[0]);
            if (!mapped.IsMissing) Sequences.Push(ref f, result, Sequences.Plain(mapped));
        }

        return new Value(Tag.Seq, result);
    }

    private static Value ForMember(ref Frame f, FunctionValue function, in MemberCursor member, in Value all)
    {
        Value[] arguments = [member.Value, member.NameValue, all];
        return Calls.ApplyRaw(ref f, function, arguments.AsSpan(0, Math.Clamp(function.Arity, 1, 3)), default, f.At);
    }
}
