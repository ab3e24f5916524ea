using System.Text.RegularExpressions;
using Mappings.Diagnostics;
using Xunit;

namespace Tests.Diagnostics;

public sealed partial class TextCatalogTests
{
    [Fact]
    public void Languages_HaveTheSameKeys()
    {
        var english = DiagnosticTexts.Catalog.Language("en").Keys.Order(StringComparer.Ordinal);
        var chinese = DiagnosticTexts.Catalog.Language("zh").Keys.Order(StringComparer.Ordinal);

        Assert.Equal(english, chinese);
    }

    [Fact]
    public void Languages_HaveTheSamePlaceholdersInEachText()
    {
        var chinese = DiagnosticTexts.Catalog.Language("zh");
        var different =
            from text in DiagnosticTexts.Catalog.Language("en")
            where chinese.ContainsKey(text.Key) && !Placeholders(text.Value).SetEquals(Placeholders(chinese[text.Key]))
            select text.Key;

        Assert.Empty(different);
    }

    [Fact]
    public void Fix_BelongsToACode()
    {
        var english = DiagnosticTexts.Catalog.Language("en");

        Assert.DoesNotContain(english.Keys, k => k.EndsWith(".fix", StringComparison.Ordinal) && !k.StartsWith("word.", StringComparison.Ordinal) && !english.ContainsKey(k[..^4]));
    }

    [Fact]
    public void Render_OfAnUnknownKey_ShowsTheKeyAndItsArguments() =>
        Assert.Equal("XYZ000 name=value", DiagnosticTexts.Catalog.Render("XYZ000", ("name", "value")));

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Placeholder();
}
