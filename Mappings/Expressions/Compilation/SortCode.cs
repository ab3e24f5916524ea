using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary><c>^(term, >term)</c>: a stable merge sort. Each term is computed once for an item, and only when it is compared.</summary>
internal sealed class SortCode((Eval Key, bool Descending, TextSpan At)[] terms)
{
    public Value Run(ref Frame f, in Value input)
    {
        var items = new Seq(SeqFlags.None);
        Sequences.Append(ref f, items, input);
        var keys = new Value[items.Count * terms.Length];
        var known = new bool[keys.Length];
        var order = new int[items.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Merge(ref f, items, keys, known, order, new int[order.Length], 0, order.Length);
        var sorted = new Seq(SeqFlags.Sequence);
        foreach (var at in order) sorted.Add(items[at]);
        return sorted.Count == 1 ? Sequences.One(sorted[0]) : new Value(Tag.Seq, sorted);
    }

    /// <summary>Sorts the tuples of a path; the terms see each tuple's variables.</summary>
    public List<PathTuple> Run(ref Frame f, List<PathTuple> tuples, TuplePathCode path, Activation? outer)
    {
        var items = new Seq(SeqFlags.None);
        var keys = new Value[tuples.Count * terms.Length];
        var known = new bool[keys.Length];
        for (var i = 0; i < tuples.Count; i++)
        {
            items.Add(tuples[i].Item);
            if (tuples.Count == 1) break;
            path.Load(ref f, outer, tuples[i]);
            for (var t = 0; t < terms.Length; t++) Key(ref f, items, keys, known, i, t);
        }

        var order = new int[tuples.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Merge(ref f, items, keys, known, order, new int[order.Length], 0, order.Length);
        return [.. order.Select(at => tuples[at])];
    }

    private void Merge(ref Frame f, Seq items, Value[] keys, bool[] known, int[] order, int[] buffer, int from, int to)
    {
        if (to - from < 2) return;
        var middle = (from + to) / 2;
        Merge(ref f, items, keys, known, order, buffer, from, middle);
        Merge(ref f, items, keys, known, order, buffer, middle, to);
        var left = from;
        var right = middle;
        for (var at = from; at < to; at++)
        {
            f.Step();
            var takeRight = left == middle || (right < to && Compare(ref f, items, keys, known, order[left], order[right]) > 0);
            buffer[at] = takeRight ? order[right++] : order[left++];
        }

        Array.Copy(buffer, from, order, from, to - from);
    }

    private int Compare(ref Frame f, Seq items, Value[] keys, bool[] known, int a, int b)
    {
        for (var t = 0; t < terms.Length; t++)
        {
            var left = Key(ref f, items, keys, known, a, t);
            var right = Key(ref f, items, keys, known, b, t);

            // No value sorts behind everything, in both directions.
            if (left.IsMissing || right.IsMissing)
            {
                if (left.IsMissing && right.IsMissing) continue;
                return left.IsMissing ? 1 : -1;
            }

            Check(f, left, t);
            Check(f, right, t);
            if (left.IsNumber != right.IsNumber) Errors.Throw(f, terms[t].At, "T2007", right, ("other", ShownValue.Of(left)));
            var order = left.IsNumber ? Numbers.Compare(left, right) : Texts.Compare(left, right);
            if (order != 0) return terms[t].Descending ? -order : order;
        }

        return 0;
    }

    private void Check(in Frame f, in Value key, int term)
    {
        if (!key.IsNumber && !key.IsText) Errors.Throw(f, terms[term].At, "T2008", key);
    }

    private Value Key(ref Frame f, Seq items, Value[] keys, bool[] known, int item, int term)
    {
        var at = (item * terms.Length) + term;
        if (!known[at])
        {
            keys[at] = terms[term].Key(ref f, items[item]);
            known[at] = true;
        }

        return keys[at];
    }
}
