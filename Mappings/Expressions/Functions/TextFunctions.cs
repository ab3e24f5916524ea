using System.Text;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>Functions on texts. Positions and lengths count code points, as in JSONata.</summary>
internal static class TextFunctions
{
    public static readonly Builtin[] All =
    [
        new("string", "<x-b?:s>", String, arity: 1),
        new("length", "<s-:n>", Length),
        new("substring", "<s-nn?:s>", Substring),
        new("substringBefore", "<s-s:s>", SubstringBefore),
        new("substringAfter", "<s-s:s>", SubstringAfter),
        new("lowercase", "<s-:s>", Lowercase),
        new("uppercase", "<s-:s>", Uppercase),
        new("trim", "<s-:s>", Trim),
        new("pad", "<s-ns?:s>", Pad),
        new("join", "<a<s>s?:s>", Join),
    ];

    internal static Value Made(in Frame f, string text)
    {
        f.Text(text.Length);
        return Value.FromText(text);
    }

    private static Value String(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        if (a[0].IsText) return a[0];
        var value = a[0].Tag == Tag.Seq && (a[0].Seq.Flags & SeqFlags.OuterWrapper) != 0 ? a[0].Seq[0] : a[0];
        return Made(f, Stringify.ToText(ref f, value, a[1].IsTrue));
    }

    private static Value Length(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        if (a[0].TryGetUtf8(out var utf8))
        {
            // A code point has exactly one byte that is no continuation.
            var count = 0;
            foreach (var b in utf8) count += (b & 0xC0) == 0x80 ? 0 : 1;
            return Value.FromNumber(count);
        }

        return Value.FromNumber(CodePoints(a[0].AsText()!));
    }

    private static int CodePoints(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i])) count--;
        }

        return count;
    }

    /// <summary>The UTF-16 offset of a code point.</summary>
    private static int OffsetOf(string text, long codePoint)
    {
        var offset = 0;
        for (; codePoint > 0 && offset < text.Length; codePoint--) offset += offset + 1 < text.Length && char.IsSurrogatePair(text[offset], text[offset + 1]) ? 2 : 1;
        return offset;
    }

    private static Value Substring(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var text = a[0].AsText()!;
        var length = CodePoints(text);
        if (a[1].IsMissing) return a[2].IsMissing ? a[0] : Value.FromText(string.Empty);
        var start = Math.Clamp(Numbers.FloorToLong(a[1]), -length, length);
        if (start < 0) start += length;
        var end = (long)length;
        if (!a[2].IsMissing)
        {
            var count = Numbers.FloorToLong(a[2]);
            if (count <= 0) return Value.FromText(string.Empty);
            end = Math.Min(length, start + Math.Min(count, length));
        }

        if (length == text.Length) return Made(f, text[(int)start..(int)end]);
        return Made(f, text[OffsetOf(text, start)..OffsetOf(text, end)]);
    }

    private static Value SubstringBefore(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing || a[1].IsMissing) return a[0];
        if (a[0].TryGetUtf8(out var utf8) && a[1] is { Tag: Tag.String, Text: [var only] } && char.IsAscii(only))
        {
            var found = utf8.IndexOf((byte)only);
            return found < 0 ? a[0] : Made(f, Texts.Decode(utf8[..found]));
        }

        var text = a[0].AsText()!;
        var at = text.IndexOf(a[1].AsText()!, StringComparison.Ordinal);
        return at < 0 ? a[0] : Made(f, text[..at]);
    }

    private static Value SubstringAfter(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing || a[1].IsMissing) return a[0];
        var text = a[0].AsText()!;
        var mark = a[1].AsText()!;
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? a[0] : Made(f, text[(at + mark.Length)..]);
    }

    private static Value Lowercase(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing || IsAsciiWithout('A', 'Z', a[0])) return a[0];
        return Made(f, a[0].AsText()!.ToLowerInvariant());
    }

    private static Value Uppercase(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing || IsAsciiWithout('a', 'z', a[0])) return a[0];
        return Made(f, a[0].AsText()!.ToUpperInvariant());
    }

    /// <summary>True for a text of the input that a change of case leaves as it is.</summary>
    private static bool IsAsciiWithout(char first, char last, in Value text) =>
        text.TryGetUtf8(out var utf8) && !utf8.ContainsAnyInRange((byte)first, (byte)last) && Ascii.IsValid(utf8);

    /// <summary>Blanks at both ends go, runs of blanks inside become one space.</summary>
    private static Value Trim(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        if (a[0].TryGetUtf8(out var utf8) && !utf8.ContainsAny(" \t\r\n"u8)) return a[0];
        var text = a[0].AsText()!;
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is not (' ' or '\t' or '\n' or '\r')) result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ') result.Append(' ');
        }

        if (result.Length > 0 && result[^1] == ' ') result.Length--;
        return Made(f, result.ToString());
    }

    private static Value Pad(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var text = a[0].AsText()!;
        var width = a[1].IsMissing ? 0 : (long)Math.Clamp(Math.Truncate(Numbers.ToDouble(a[1])), -int.MaxValue, int.MaxValue);
        var filler = a[2].AsText() is { Length: > 0 } given ? given : " ";
        var missing = Math.Abs(width) - CodePoints(text);
        if (missing <= 0) return a[0];
        f.Text(text.Length + (missing * 2));
        var padding = new StringBuilder();
        for (var at = 0; missing > 0; missing--)
        {
            var size = at + 1 < filler.Length && char.IsSurrogatePair(filler[at], filler[at + 1]) ? 2 : 1;
            padding.Append(filler, at, size);
            at = (at + size) % filler.Length;
        }

        return Value.FromText(width < 0 ? padding + text : text + padding);
    }

    private static Value Join(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var separator = a[1].AsText() ?? string.Empty;
        var result = new StringBuilder();
        var first = true;
        foreach (var item in a[0].Items())
        {
            f.Step();
            if (!first) result.Append(separator);
            first = false;
            result.Append(item.AsText());
            if (result.Length > f.Context.Budget.Limits.TextLength) Errors.TextTooLong(f);
        }

        return Made(f, result.ToString());
    }
}
