using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>Functions on lists.</summary>
internal static class ArrayFunctions
{
    public static readonly Builtin[] All =
    [
        new("count", "<a:n>", Count),
        new("append", "<xx:a>", Append) { YieldsOne = false },
        new("reverse", "<a:a>", Reverse) { YieldsOne = false },
        new("distinct", "<x:x>", Distinct) { YieldsOne = false },
        new("sort", "<af?:a>", Sort) { YieldsOne = false },
        new("zip", "<a+>", Zip) { YieldsOne = false },
        new("shuffle", "<a:a>", Shuffle) { YieldsOne = false, IsDeterministic = false, IsUnbounded = true },
    ];

    private static Value Count(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Value.FromNumber(a[0].IsMissing ? 0 : a[0].Count);

    private static Value Append(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return a[1];
        if (a[1].IsMissing) return a[0];
        var list = new Seq(SeqFlags.None);
        Sequences.Append(ref f, list, a[0]);
        Sequences.Append(ref f, list, a[1]);
        return new Value(Tag.Seq, list);
    }

    private static Value Reverse(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        if (a[0].Count <= 1) return a[0];
        var items = Copy(ref f, a[0]);
        Array.Reverse(items);
        return new Value(Tag.Seq, new Seq(SeqFlags.None, items, items.Length));
    }

    private static Value[] Copy(ref Frame f, in Value list)
    {
        f.Step(list.Count);
        return Sequences.ToSeq(ref f, list).ToArray();
    }

    private static Value Distinct(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (!a[0].IsArray || a[0].Count <= 1) return a[0];
        var kept = new Seq(Sequences.IsSequence(a[0]) ? SeqFlags.Sequence : SeqFlags.None);
        var simple = new HashSet<(ValueKind, string)>();
        foreach (var item in a[0].Items())
        {
            f.Step();
            if (item.IsArray || item.IsObject || item.IsFunction)
            {
                if (Contains(ref f, kept, item)) continue;
            }
            else if (!simple.Add((item.Kind, item.IsNumber ? Numbers.ToText(item) : item.AsText()!))) continue;
            kept.Add(item);
        }

        return new Value(Tag.Seq, kept);
    }

    private static bool Contains(ref Frame f, Seq list, in Value item)
    {
        for (var i = 0; i < list.Count; i++)
        {
            f.Step();
            if (Comparison.Equal(ref f, list[i], item)) return true;
        }

        return false;
    }

    private static Value Sort(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        if (a[0].Count <= 1) return a[0];
        var items = Copy(ref f, a[0]);
        if (a[1].IsMissing)
        {
            var numbers = items[0].IsNumber;
            foreach (var item in items)
            {
                if (numbers ? !item.IsNumber : !item.IsText) throw Errors.InCall(f, "D3070", item);
            }
        }

        Merge(ref f, items, new Value[items.Length], 0, items.Length, a[1].IsMissing ? null : a[1].Function);
        return new Value(Tag.Seq, new Seq(SeqFlags.None, items, items.Length));
    }

    /// <summary>A merge sort of our own: a comparer that contradicts itself must not throw.</summary>
    private static void Merge(ref Frame f, Value[] items, Value[] buffer, int from, int to, FunctionValue? comparer)
    {
        if (to - from < 2) return;
        var middle = (from + to) / 2;
        Merge(ref f, items, buffer, from, middle, comparer);
        Merge(ref f, items, buffer, middle, to, comparer);
        var left = from;
        var right = middle;
        for (var at = from; at < to; at++)
        {
            f.Step();
            var takeRight = left == middle || (right < to && IsAfter(ref f, items[left], items[right], comparer));
            buffer[at] = takeRight ? items[right++] : items[left++];
        }

        Array.Copy(buffer, from, items, from, to - from);
    }

    private static bool IsAfter(ref Frame f, in Value left, in Value right, FunctionValue? comparer)
    {
        if (comparer is null) return (left.IsNumber ? Numbers.Compare(left, right) : Texts.Compare(left, right)) > 0;
        ReadOnlySpan<Value> arguments = [left, right];
        return Comparison.IsTrue(ref f, Calls.Apply(ref f, comparer, arguments, default, f.At));
    }

    private static Value Zip(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        var length = int.MaxValue;
        foreach (var list in a) length = Math.Min(length, list.Count);
        var rows = new Seq(SeqFlags.None);
        for (var i = 0; i < length; i++)
        {
            var row = new Seq(SeqFlags.None);
            foreach (var list in a) Sequences.Push(ref f, row, Sequences.At(list, i));
            rows.Add(new Value(Tag.Seq, row));
        }

        return new Value(Tag.Seq, rows);
    }

    private static Value Shuffle(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing || a[0].Count <= 1) return a[0];
        var items = Copy(ref f, a[0]);
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = f.Context.Random.Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }

        return new Value(Tag.Seq, new Seq(SeqFlags.None, items, items.Length));
    }
}
