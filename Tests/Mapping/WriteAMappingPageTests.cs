using System.Text.RegularExpressions;
using Hub.Host.Commands;
using Mappings.Diagnostics;
using Mappings.Lookups;
using Mappings.Mapping;
using Mappings.Yaml;
using Tests.Architecture;
using Tests.Commands;

namespace Tests.Mapping;

/// <summary>The examples of docs/how-to/write-a-mapping.md: whole mappings stand in the example company, parts stand in a mapping around them.</summary>
public sealed partial class WriteAMappingPageTests
{
    private static readonly MappingCompileContext Context = Mapped.Context with
    {
        Lookups = new Dictionary<string, LookupTable> { ["country-iso"] = new("country-iso", [KeyValuePair.Create("USA", new YamlConstant(YamlConstantKind.Text, "US"))]) },
    };

    [Fact]
    public async Task Page_WholeMappings_AreValidAndPassTheirTests()
    {
        using var company = new CompanyCopy();
        var names = new List<string>();
        foreach (var (_, text) in Examples(string.Empty))
        {
            names.Add(text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..text.IndexOf('\n', StringComparison.Ordinal)]);
            File.WriteAllText(Path.Combine(company.Folder, "mappings", names[^1] + ".yaml"), text);
        }

        var validate = await CommandRun.Of("validate", "--config", company.Folder);
        var test = await CommandRun.Of("test", names[0], "--config", company.Folder);

        Assert.Equal(["crm-contact-to-oa-contact", "order-totals"], names);
        Assert.True(validate.Exit == ExitCode.Fine, validate.Output + validate.Errors);
        Assert.True(test.Exit == ExitCode.Fine, test.Output + test.Errors);
    }

    [Fact]
    public void Page_Fields_Compile()
    {
        var examples = Examples("fields").ToList();

        Assert.Equal(4, examples.Count);
        Assert.All(examples, e => Mapped.Plan(Mapped.Fields(e.Text.TrimEnd('\n')), Context));
    }

    [Fact]
    public void Page_FileKeys_AreKeysOfAMapping()
    {
        var (_, text) = Assert.Single(Examples("file"));
        var findings = new Findings();

        MappingFile.Read(YamlFile.Parse("m.yaml", System.Text.Encoding.UTF8.GetBytes($"mapping: m\nversion: 1\nfields: {{ a: a }}\n{text}"), findings)!, findings);

        Assert.Empty(findings);
    }

    private static IEnumerable<(string Kind, string Text)> Examples(string kind) =>
        Example().Matches(File.ReadAllText(Repository.Path("docs", "how-to", "write-a-mapping.md")).ReplaceLineEndings("\n"))
            .Select(m => (m.Groups["kind"].Value.Trim(), m.Groups["text"].Value))
            .Where(e => e.Item1 == kind);

    [GeneratedRegex("^```yaml(?<kind> [a-z]+)?\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();
}
