using System.Globalization;
using System.Text;

namespace Connectors;

/// <summary>Makes text that came from outside fit for a finding: short, one line, without control characters and secrets.</summary>
internal static class OutsideText
{
    /// <summary>Characters of a foreign text that a finding repeats.</summary>
    public const int Limit = 500;

    /// <param name="secrets">Texts that are shown as <c>***</c>, longest first or not.</param>
    public static string Excerpt(string text, IEnumerable<string> secrets, int limit = Limit)
    {
        foreach (var secret in secrets.Where(s => s.Length > 0).OrderByDescending(s => s.Length)) text = text.Replace(secret, "***", StringComparison.Ordinal);
        var excerpt = new StringBuilder();
        var count = 0;
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            if (count++ == limit) return excerpt.Append('…').ToString();
            excerpt.Append(Escape(rune));
        }

        return excerpt.ToString();
    }

    private static string Escape(Rune rune) => rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
            string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
        _ => rune.ToString(),
    };
}
