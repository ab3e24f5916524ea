using System.Text.RegularExpressions;
using Specs.Driver;

namespace Specs.Checks;

/// <summary>The page for business analysts lists every step, in both languages, as one who writes a scenario would write it.</summary>
public sealed partial class ScenarioPageTests
{
    private static readonly (string English, string Chinese)[] Rows = Read();

    [Fact]
    public void Page_Rows_AreTheStepsInTheirOrder()
    {
        var steps = Phrases.Steps(Phrases.English).Zip(Phrases.Steps(Phrases.Chinese)).ToArray();

        Assert.Equal(
            steps.Select(s => s.First.Name),
            Rows.Select(row => steps.Where(s => Phrases.Matches(s.First.Text, row.English) && Phrases.Matches(s.Second.Text, row.Chinese)).Select(s => s.First.Name).FirstOrDefault(row.English)));
    }

    [Fact]
    public void Page_Step_FitsOnePhraseOnly()
    {
        var phrases = Phrases.Steps(Phrases.English).Concat(Phrases.Steps(Phrases.Chinese)).ToArray();
        var ambiguous = Rows.SelectMany(row => new[] { row.English, row.Chinese })
            .Select(step => (Step: step, Names: phrases.Where(p => Phrases.Matches(p.Text, step)).Select(p => p.Name).ToArray()))
            .Where(found => found.Names.Length != 1)
            .Select(found => $"{found.Step}: {string.Join(", ", found.Names)}");

        Assert.Equal([], ambiguous);
    }

    private static (string, string)[] Read() =>
    [
        .. File.ReadLines(Checkout.File("docs", "how-to", "write-a-scenario.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => (row.Groups[1].Value, row.Groups[2].Value)),
    ];

    [GeneratedRegex(@"^\| `([^`]+)` \| `([^`]+)` \|")]
    private static partial Regex Row();
}
