using System.Text;

namespace Mappings.Expressions.Runtime;

/// <summary>Comparing texts that stand as UTF-8 on a tape or as strings.</summary>
internal static class Texts
{
    private const int StackLimit = 256;

    public static string Decode(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>UTF-16 units of a text.</summary>
    public static int Length(in Value text) => text.Tag == Tag.String ? text.Text.Length : Encoding.UTF8.GetCharCount(text.Tape.Utf8(text.Node));

    /// <summary>Texts put together; no string is made of each.</summary>
    /// <param name="length">The sum of their lengths.</param>
    public static string Concat(ReadOnlySpan<Value> texts, int length) => string.Create(length, texts, static (room, texts) =>
    {
        foreach (ref readonly var text in texts)
        {
            var written = text.Tag == Tag.String ? text.Text.Length : Encoding.UTF8.GetChars(text.Tape.Utf8(text.Node), room);
            if (text.Tag == Tag.String) text.Text.CopyTo(room);
            room = room[written..];
        }
    });

    public static bool Equal(in Value a, in Value b)
    {
        if (a.Tag == Tag.String) return b.Tag == Tag.String ? string.Equals(a.Text, b.Text, StringComparison.Ordinal) : Equal(b.Tape.Utf8(b.Node), a.Text);
        var left = a.Tape.Utf8(a.Node);
        return b.Tag == Tag.String ? Equal(left, b.Text) : left.SequenceEqual(b.Tape.Utf8(b.Node));
    }

    public static bool Equal(ReadOnlySpan<byte> utf8, string text)
    {
        // A UTF-16 unit takes one to three bytes: other lengths cannot be equal.
        if (utf8.Length < text.Length || utf8.Length > text.Length * 3) return false;
        if (utf8.Length > StackLimit) return string.Equals(Decode(utf8), text, StringComparison.Ordinal);
        Span<char> chars = stackalloc char[StackLimit];
        var length = Encoding.UTF8.GetChars(utf8, chars);
        return chars[..length].SequenceEqual(text);
    }

    /// <summary>JSONata's order: by UTF-16 units.</summary>
    public static int Compare(in Value a, in Value b)
    {
        if (a.Tag == Tag.TapeText && b.Tag == Tag.TapeText)
        {
            var left = a.Tape.Utf8(a.Node);
            var right = b.Tape.Utf8(b.Node);
            var same = left.CommonPrefixLength(right);
            if (same == left.Length || same == right.Length) return left.Length.CompareTo(right.Length);

            // From EE on, UTF-8 and UTF-16 order differ: surrogate pairs sort below U+E000 there.
            if (left[same] < 0xEE && right[same] < 0xEE) return left[same].CompareTo(right[same]);
        }

        return string.CompareOrdinal(a.AsText(), b.AsText());
    }
}
