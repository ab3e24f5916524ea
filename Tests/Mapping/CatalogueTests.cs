using System.Globalization;
using System.Text;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Lookups;
using Mappings.Mapping;
using Mappings.Yaml;
using Tests.Architecture;

namespace Tests.Mapping;

/// <summary>
/// What an admin reads for each common mistake, word for word, in English and Chinese. The texts stand beside the mistakes in
/// <c>Catalogue/</c>; run with <c>UPDATE_CATALOGUE=1</c> to write them anew, then read what changed.
/// </summary>
public sealed class CatalogueTests
{
    private static readonly string Folder = Repository.Path("Tests", "Mapping", "Catalogue");

    private static readonly MappingCompileContext Context = new()
    {
        Contracts = new[] { "erp-order", "crm-deal" }.ToDictionary(n => n, n => ContractFile.Read(Root(Path.Combine(Folder, n + ".yaml"), $"contracts/{n}.yaml"), [])!),
        Lookups = new[] { "currency-iso", "uom" }.ToDictionary(n => n, n => new LookupTable(n, [])),
    };

    public static TheoryData<string, string> Mistakes()
    {
        var data = new TheoryData<string, string>();
        foreach (var folder in Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetFileName(folder), "en");
            data.Add(Path.GetFileName(folder), "zh");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_IsExplained(string mistake, string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var expected = Path.Combine(Folder, mistake, $"expected.{language}.txt");
            var printed = Printed(File.ReadAllText(Path.Combine(Folder, mistake, "mapping.yaml")));
            if (Environment.GetEnvironmentVariable("UPDATE_CATALOGUE") == "1") File.WriteAllText(expected, printed);

            Assert.Equal(File.ReadAllText(expected).ReplaceLineEndings("\n"), printed);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Printed(string text)
    {
        var findings = new Findings();
        var root = YamlFile.Parse("mappings/m.yaml", Encoding.UTF8.GetBytes(text), findings);
        if (root is not null && MappingFile.Read(root, findings) is { } definition) MappingPlan.Compile(definition, Context, findings);
        var lines = text.Split('\n');
        Assert.NotEmpty(findings);
        return string.Join("\n\n", findings.Sorted().Select(f => FindingFormatter.Long(f, (_, line) => lines.ElementAtOrDefault(line - 1)))) + "\n";
    }

    private static YamlNode Root(string path, string name) => YamlFile.Parse(name, File.ReadAllBytes(path), [])!;
}
