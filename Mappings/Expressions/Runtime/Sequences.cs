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
}
