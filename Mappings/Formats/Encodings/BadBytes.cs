using System.Globalization;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;

namespace Mappings.Formats.Encodings;

/// <summary>Findings for bytes that are not what the endpoint declares.</summary>
internal static class BadBytes
{
    /// <summary>So much of the rest is read as GBK before the hint is given.</summary>
    public const int GbkProbeBytes = 64 * 1024;

    /// <summary>Names the first byte that is not UTF-8; says so when the whole is GBK instead.</summary>
    public static Finding NotUtf8(ReadOnlySpan<byte> text, string file, int line = 1, int column = 1)
    {
        var offset = FirstBadUtf8(text);
        return NotUtf8(text, offset, offset, Ascii.IsValid(text[..offset]), Place(text[..offset], file, line, column));
    }

    /// <param name="text">What is at hand of the text, bad byte included.</param>
    /// <param name="bad">Where the bad byte stands in <paramref name="text"/>.</param>
    /// <param name="offset">Where it stands in the file.</param>
    /// <param name="onlyAscii">True when the file holds nothing but ASCII before it.</param>
    public static Finding NotUtf8(ReadOnlySpan<byte> text, int bad, long offset, bool onlyAscii, SourcePosition at)
    {
        // UTF-8 characters before the bad byte mean a UTF-8 file with a flaw: read as GBK they would often be valid too.
        if (onlyAscii && IsGbk(text[bad..]))
        {
            return Finding.Error("ENC102", at, "", ("declared", "UTF-8"), ("actual", "GBK"), ("evidence", Hex(text.Slice(bad, Math.Min(4, text.Length - bad)))), ("name", "gbk"));
        }

        return Bad("UTF-8", text, bad, offset, at);
    }

    /// <summary>A bad byte in a whole buffer of another encoding.</summary>
    /// <param name="decoded">The text before it, as UTF-8.</param>
    public static Finding NotThis(TextEncoding encoding, ReadOnlySpan<byte> bytes, int bad, ReadOnlySpan<byte> decoded, string file) =>
        Bad(encoding.Display, bytes, bad, bad, Place(decoded, file, 1, 1));

    /// <param name="offset">Where the bad byte stands in the file.</param>
    public static Finding Bad(string encoding, ReadOnlySpan<byte> bytes, int bad, long offset, SourcePosition at) =>
        Finding.Error(
            "ENC101",
            at,
            "",
            ("byte", Hex(bytes.Slice(bad, 1))),
            ("offset", offset.ToString(CultureInfo.InvariantCulture)),
            ("encoding", encoding),
            ("bytes", Around(bytes, bad)));

    /// <summary>A character that the target's encoding does not have.</summary>
    public static Finding CannotHold(TextEncoding encoding, Rune character, SourcePosition at, string path) =>
        Finding.Error(
            "ENC110",
            at,
            path,
            ("character", character.ToString()),
            ("code", string.Create(CultureInfo.InvariantCulture, $"U+{character.Value:X4}")),
            ("encoding", encoding.Display));

    private static SourcePosition Place(ReadOnlySpan<byte> before, string file, int line, int column)
    {
        var (atLine, atColumn) = Offsets.ToLineAndColumn(before, before.Length, line, column);
        return new SourcePosition(file, atLine, atColumn);
    }

    private static bool IsGbk(ReadOnlySpan<byte> bytes)
    {
        var whole = bytes[..TextEncodings.Gbk.CompletePrefix(bytes)];
        return whole.Length > 1 && TextEncodings.Gbk.FirstBad(whole[..Math.Min(whole.Length, GbkProbeBytes)]) is var bad && (bad < 0 || bad == GbkProbeBytes - 1);
    }

    /// <summary>The bad byte and up to two before it, in hex.</summary>
    public static string Around(ReadOnlySpan<byte> bytes, int offset)
    {
        var start = Math.Max(0, offset - 2);
        return Hex(bytes[start..Math.Min(bytes.Length, offset + 1)]);
    }

    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 3);
        foreach (var one in bytes)
        {
            if (text.Length > 0) text.Append(' ');
            text.Append(one.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    internal static int FirstBadUtf8(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var ascii = text[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (ascii < 0) return text.Length;
            at += ascii;
            if (Rune.DecodeFromUtf8(text[at..], out _, out var consumed) != System.Buffers.OperationStatus.Done) return at;
            at += consumed;
        }

        return text.Length;
    }
}
