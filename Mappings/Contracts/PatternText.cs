using System.Text;
using System.Text.RegularExpressions;
using Mappings.Diagnostics;

namespace Mappings.Contracts;

/// <summary>
/// Regular expressions of files, run over texts of messages. They never backtrack, so that no text can make them slow;
/// look-around and back-references, which need that, are refused when the file is read.
/// </summary>
internal static class PatternText
{
    private const int StackCharacters = 256;

    /// <param name="whole">True when the pattern must match the whole text (a mapping's <c>pattern</c>), false when it may stand anywhere in it (JSON Schema).</param>
    /// <returns>The expression, or null with a finding.</returns>
    public static Regex? Compile(string pattern, bool whole, SourcePosition at, string path, Findings findings)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            var text = whole ? $@"\A(?:{pattern})\z" : pattern;
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            findings.Error("MAP265", at, path, ("pattern", pattern));
        }
        catch (RegexParseException error)
        {
            findings.Error("MAP264", at, path, ("pattern", pattern), ("offset", (error.Offset + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return null;
    }

    public static bool IsMatch(Regex regex, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > StackCharacters) return regex.IsMatch(Encoding.UTF8.GetString(utf8));
        Span<char> characters = stackalloc char[StackCharacters];
        return regex.IsMatch(characters[..Encoding.UTF8.GetChars(utf8, characters)]);
    }

    /// <summary>Characters (code points) of a text.</summary>
    public static int Length(ReadOnlySpan<byte> utf8)
    {
        // Every code point has exactly one byte that is no continuation byte (10xxxxxx).
        var count = 0;
        foreach (var b in utf8) count += (b & 0xC0) == 0x80 ? 0 : 1;
        return count;
    }
}
