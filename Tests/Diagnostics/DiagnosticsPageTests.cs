using System.Text.RegularExpressions;
using Mappings.Diagnostics;
using Tests.Architecture;

namespace Tests.Diagnostics;

public sealed partial class DiagnosticsPageTests
{
    [Fact]
    public void Page_Codes_AreExactlyTheCatalogues()
    {
        var page = Row().Matches(File.ReadAllText(Repository.Path("docs", "diagnostics.md"))).Select(match => match.Groups[1].Value).ToList();
        var catalogue = DiagnosticTexts.Catalog.Language("en").Keys.Where(key => Code().IsMatch(key)).ToList();

        Assert.Empty(catalogue.Except(page));
        Assert.Empty(page.Except(catalogue));
        Assert.Equal(page.Count, page.Distinct().Count());
    }

    [GeneratedRegex(@"^\| `([A-Z]+\d+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^[A-Z]+\d+$")]
    private static partial Regex Code();
}
