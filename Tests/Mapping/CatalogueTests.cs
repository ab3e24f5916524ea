using System.Buffers;
using System.Globalization;
using System.Text;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Layouts;
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

    private static readonly LayoutDefinition Layout = LayoutFile.Read(Root(Repository.Path("config", "layouts", "bank-b2.yaml"), "layouts/bank-b2.yaml"), [])!;

    private static readonly MappingCompileContext Context = new()
    {
        Layouts = new Dictionary<string, LayoutDefinition> { ["bank-b2"] = Layout },
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
            var input = Directory.EnumerateFiles(Path.Combine(Folder, mistake), "input.*").SingleOrDefault();
            var printed = Printed(File.ReadAllText(Path.Combine(Folder, mistake, "mapping.yaml")), input);
            if (Environment.GetEnvironmentVariable("UPDATE_CATALOGUE") == "1") File.WriteAllText(expected, printed);

            Assert.Equal(File.ReadAllText(expected).ReplaceLineEndings("\n"), printed);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>What is printed for a mapping that is wrong or, with an input, for records that are.</summary>
    private static string Printed(string text, string? input)
    {
        var findings = new Findings();
        var root = YamlFile.Parse("mappings/m.yaml", Encoding.UTF8.GetBytes(text), findings);
        MappingDefinition? draft = null;
        var plan = root is not null && MappingFile.Read(root, findings, out draft) is { } definition ? MappingPlan.Compile(definition, Context, findings) : null;
        if (draft is not null) MappingPlan.Check(draft, Context, findings);
        if (input is not null)
        {
            Assert.Equal([], findings.Select(f => f.ToString()));
            Run(plan!, File.ReadAllBytes(input), findings);
        }

        var lines = text.Split('\n');
        var inputs = input is null ? [] : File.ReadAllLines(input);
        Assert.NotEmpty(findings);
        return string.Join("\n\n", findings.Sorted().Select(f => FindingFormatter.Long(f, (file, line) => (file == "input" ? inputs : lines).ElementAtOrDefault(line - 1)))) + "\n";
    }

    private static void Run(MappingPlan plan, byte[] bytes, Findings findings)
    {
        using var records = FormatReader.Open(bytes, RecordFormat.Of(plan.Definition.Source with { ResolvedLayout = Layout }, bytes, "input"));
        using var run = new MappingRun(plan) { Place = (line, column) => new SourcePosition("input", line, column) };
        using var checks = plan.FileChecks?.Start(TimeProvider.System, 1 << 20);
        while (records.Read() == RecordStatus.Record)
        {
            var record = Value.FromTape(records.Tape, records.Tape.Root);
            checks?.Add(record, records.At);
            findings.AddRange(plan.Run(run, record, new ArrayBufferWriter<byte>()).Findings);
        }

        Assert.Null(records.Error);
        findings.AddRange(checks?.Finish(Value.FromTape(records.FileTape!, records.FileTape!.Root), "input") ?? []);
    }

    private static YamlNode Root(string path, string name) => YamlFile.Parse(name, File.ReadAllBytes(path), [])!;
}
