using Mappings.Layouts;

namespace Mappings.Formats.Edi;

/// <summary>Cuts segments into elements, repetitions and components. A released character never parts anything.</summary>
internal static class EdiText
{
    /// <summary>The offset of a separator that is not released, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<byte> text, byte separator, byte release)
    {
        if (release == 0) return text.IndexOf(separator);
        for (var at = 0; at < text.Length;)
        {
            var found = text[at..].IndexOfAny(separator, release);
            if (found < 0) return -1;
            at += found;
            if (text[at] == separator) return at;
            at += 2;
        }

        return -1;
    }

    /// <summary>The tag: everything before the first element.</summary>
    public static ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> segment, EdiSyntax syntax)
    {
        var end = segment.IndexOfAny(syntax.Element, syntax.Component);
        return end < 0 ? segment : segment[..end];
    }

    /// <summary>A whole element, from 1; empty when the segment ends before it.</summary>
    public static ReadOnlySpan<byte> Element(ReadOnlySpan<byte> segment, int number, EdiSyntax syntax) => Part(segment, number, syntax.Element, syntax.Release);

    /// <summary>A component of the first repetition of an element.</summary>
    public static ReadOnlySpan<byte> Component(ReadOnlySpan<byte> segment, ElementPlace place, EdiSyntax syntax)
    {
        var element = Element(segment, place.Element, syntax);
        return Part(Part(element, 0, syntax.Repetition, syntax.Release), place.Component - 1, syntax.Component, syntax.Release);
    }

    /// <summary>The text between two separators, counted from 0.</summary>
    public static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> text, int number, byte separator, byte release)
    {
        if (separator == 0) return number == 0 ? text : default;
        for (; number > 0; number--)
        {
            var end = IndexOf(text, separator, release);
            if (end < 0) return default;
            text = text[(end + 1)..];
        }

        var length = IndexOf(text, separator, release);
        return length < 0 ? text : text[..length];
    }

    /// <summary>The text without its release characters.</summary>
    /// <param name="scratch">Room for the text.</param>
    public static ReadOnlySpan<byte> Unreleased(ReadOnlySpan<byte> text, byte release, Span<byte> scratch)
    {
        var written = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == release && at + 1 < text.Length) at++;
            scratch[written++] = text[at];
        }

        return scratch[..written];
    }
}
