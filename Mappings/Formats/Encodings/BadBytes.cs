using System.Globalization;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;

namespace Mappings.Formats.Encodings;

/// <summary>Findings for bytes that are not what the endpoint declares.</summary>
internal static class BadBytes
{
    /// <summary>Names the first byte that is not UTF-8; says so when the whole would be GBK.</summary>
    public static Finding NotUtf8(ReadOnlySpan<byte> text, string file, int line = 1, int column = 1)
    {
        var offset = FirstBadUtf8(text);
        var (atLine, atColumn) = Offsets.ToLineAndColumn(text, offset, line, column);
        return Finding.Error(
            "ENC101",
            new SourcePosition(file, atLine, atColumn),
            "",
            ("byte", Hex(text.Slice(offset, 1))),
            ("offset", offset.ToString(CultureInfo.InvariantCulture)),
            ("encoding", "UTF-8"),
            ("bytes", Around(text, offset)));
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

    private static int FirstBadUtf8(ReadOnlySpan<byte> text)
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
