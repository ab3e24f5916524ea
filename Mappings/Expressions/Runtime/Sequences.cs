namespace Mappings.Expressions.Runtime;

/// <summary>JSONata's rules for when a list is a list.</summary>
internal static class Sequences
{
    /// <summary>An input document that is an array is one item, not many; <c>$</c> takes the wrapper off again.</summary>
    public static Value WrapInput(in Value input) =>
        input.IsArray ? new Value(Tag.Seq, new Seq(SeqFlags.Sequence | SeqFlags.OuterWrapper, input)) : input;

    /// <summary>A sequence of none is missing, of one is that one, unless it is marked to stay a list.</summary>
    public static Value Unwrap(in Value value)
    {
        if (value.Tag != Tag.Seq) return value;
        var seq = value.Seq;
        if (!seq.IsSequence || seq.Count > 1) return value;
        if (seq.Count == 0) return default;
        return (seq.Flags & SeqFlags.KeepSingleton) != 0 ? value : seq[0];
    }

    /// <summary>A sequence of this one item: an array among items needs its wrapper, so that nobody walks into it too early.</summary>
    public static Value One(in Value item) => item.IsArray ? new Value(Tag.Seq, new Seq(SeqFlags.Sequence, item)) : item;

    public static bool IsSequence(in Value value) => value.Tag == Tag.Seq && value.Seq.IsSequence;

    /// <summary>A sequence as an array, so that nobody takes its only element for it.</summary>
    public static Value Plain(in Value value) => IsSequence(value) ? new Value(Tag.Seq, value.Seq.WithFlags(SeqFlags.None)) : value;

    public static bool IsCons(in Value value) => value.Tag == Tag.Seq && (value.Seq.Flags & SeqFlags.Cons) != 0;

    /// <summary>The element at a position; negative positions count from the end. An array found there is the result itself.</summary>
    public static Value At(in Value input, long index)
    {
        var count = input.IsArray ? input.Count : 1;
        var at = index < 0 ? count + index : index;
        if (at < 0 || at >= count) return default;
        if (!input.IsArray) return input;
        if (input.Tag == Tag.Seq) return input.Seq[(int)at];
        var tape = input.Tape;
        var node = tape.FirstChild(input.Node);
        for (; at > 0; at--) node = tape.Next(node);
        return Value.FromTape(tape, node);
    }

    /// <summary>An array or a sequence as an array of its own; anything else as an array of one, missing as an empty one.</summary>
    public static Seq ToSeq(ref Frame f, in Value value)
    {
        if (value.Tag == Tag.Seq) return value.Seq;
        var list = new Seq(SeqFlags.None);
        foreach (var item in value.Items())
        {
            f.Step();
            list.Add(item);
        }

        return list;
    }

    /// <summary>Appends a value, or an array's elements, to a list that is being built.</summary>
    public static void Append(ref Frame f, Seq list, in Value value)
    {
        if (!value.IsArray)
        {
            Push(ref f, list, value);
            return;
        }

        foreach (var item in value.Items()) Push(ref f, list, item);
    }

    public static void Push(ref Frame f, Seq list, in Value item)
    {
        f.Step();
        if (list.Count >= f.Context.Budget.Limits.SequenceLength) Errors.SequenceTooLong(f);
        list.Add(item);
    }
}
