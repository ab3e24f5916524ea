using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mappings.Formats;

/// <summary>What was found, as a short quoted piece of the input.</summary>
internal static class Snippet
{
    /// <summary>A snippet never shows more of the text than this.</summary>
    public const int MaxBytes = 4 * (MaxCharacters + 1);

    private const int MaxCharacters = 24;
    private static readonly SearchValues<byte> TokenEnds = SearchValues.Create(",]}: \t\r\n\""u8);

    /// <summary>The characters up to the next white space or punctuation, at least one, in double quotes.</summary>
    public static string Token(ReadOnlySpan<byte> utf8, int offset)
    {
        var text = utf8[offset..];
        var end = text.IndexOfAny(TokenEnds);
        return Quote(text[..Math.Max(1, end < 0 ? text.Length : end)]);
    }

    /// <summary>The text in double quotes, cut after a few characters; bytes that are no UTF-8 show as the replacement character.</summary>
    public static string Quote(ReadOnlySpan<byte> utf8)
    {
        var text = new StringBuilder("\"");
        for (var count = 0; !utf8.IsEmpty; count++)
        {
            if (count == MaxCharacters)
            {
                text.Append('…');
                break;
            }

            Rune.DecodeFromUtf8(utf8, out var rune, out var consumed);
            text.Append(rune.ToString());
            utf8 = utf8[consumed..];
        }

        return text.Append('"').ToString();
    }

    /// <summary><c>line:column</c>.</summary>
    public static string Place((int Line, int Column) at) => string.Create(CultureInfo.InvariantCulture, $"{at.Line}:{at.Column}");
}
