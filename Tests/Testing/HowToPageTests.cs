using System.Text.RegularExpressions;
using Hub.Host.Commands;
using Tests.Architecture;
using Tests.Commands;

namespace Tests.Testing;

/// <summary>The examples of docs/how-to/test-a-mapping.md, run against the example company.</summary>
public sealed partial class HowToPageTests
{
    [Fact]
    public async Task Page_Examples_Pass()
    {
        var examples = Example().Matches(File.ReadAllText(Repository.Path("docs", "how-to", "test-a-mapping.md")).ReplaceLineEndings("\n")).ToList();
        Assert.Equal(3, examples.Count);
        foreach (var example in examples)
        {
            using var company = new CompanyCopy();
            var mapping = example.Groups["name"].Value;
            File.WriteAllText(Path.Combine(company.Folder, "mappings", mapping + ".test.yaml"), example.Groups["text"].Value);

            var run = await CommandRun.Of("test", mapping, "--config", company.Folder);

            Assert.True(run.Exit == ExitCode.Fine, run.Output + run.Errors);
        }
    }

    [GeneratedRegex(@"^```yaml\n(?<text>tests_for: (?<name>\S+)\n.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();
}
