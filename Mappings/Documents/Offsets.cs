using System.Text;

namespace Mappings.Documents;

/// <summary>Turns byte offsets into the line and column a person sees. Counted only when an error is printed.</summary>
public static class Offsets
{
    /// <param name="utf8">The text; bytes that are not UTF-8 count as one character each.</param>
    /// <param name="offset">Byte offset; clipped to the text.</param>
    /// <returns>Line and column in characters (code points), both from 1.</returns>
    public static (int Line, int Column) ToLineAndColumn(ReadOnlySpan<byte> utf8, int offset) => ToLineAndColumn(utf8, offset, 1, 1);

    /// <param name="originLine">Line of the file where the text begins, from 1.</param>
    /// <param name="originColumn">Column of that line where the text begins, from 1.</param>
    public static (int Line, int Column) ToLineAndColumn(ReadOnlySpan<byte> utf8, int offset, int originLine, int originColumn)
    {
        var before = utf8[..Math.Clamp(offset, 0, utf8.Length)];
        var line = 1 + before.Count((byte)'\n');
        var rest = before[(before.LastIndexOf((byte)'\n') + 1)..];
        // A byte order mark is one only where the file begins; a later piece of a stream may begin with the same character.
        if (line == 1 && (originLine, originColumn) == (1, 1) && rest.StartsWith("\uFEFF"u8)) rest = rest[3..];
        var column = line == 1 ? originColumn : 1;
        while (!rest.IsEmpty)
        {
            Rune.DecodeFromUtf8(rest, out _, out var consumed);
            rest = rest[consumed..];
            column++;
        }

        return (originLine + line - 1, column);
    }
}
