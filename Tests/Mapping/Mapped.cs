using System.Buffers;
using System.Text;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Lookups;
using Mappings.Mapping;
using Mappings.Yaml;

namespace Tests.Mapping;

/// <summary>Compiles mappings written in a test and shows what comes of a record: the document, then one line for each finding.</summary>
internal static class Mapped
{
    public static MappingCompileContext Context { get; } = new()
    {
        Lookups = new Dictionary<string, LookupTable> { ["uom"] = Table("lookup: uom\nentries: { PCS: pc, BOX: box, KGM: kg }\n") },
        Contracts = new Dictionary<string, ContractDefinition>
        {
            ["order"] = Contract("""
                contract: order
                type: object
                properties:
                  no: { type: string }
                  buyer: { type: object, properties: { code: { type: string }, name: { type: string } } }
                  lines: { type: array, items: { type: object, properties: { sku: { type: string }, qty: { type: number } } } }
                """),
            ["deal"] = Contract("""
                contract: deal
                type: object
                additionalProperties: false
                required: [ externalId, ownerId ]
                properties:
                  externalId: { type: string }
                  ownerId: { type: string }
                  stage: { type: string }
                """),
        },
        Variables = ["message"],
    };

    /// <summary>A file with these fields; each line is indented for it.</summary>
    public static string Fields(string fields, string head = "") =>
        $"mapping: m\nversion: 1\n{head}{(head.Length == 0 || head.EndsWith('\n') ? "" : "\n")}fields:\n" + string.Join('\n', fields.Split('\n').Select(l => "  " + l)) + "\n";

    public static MappingPlan Plan(string yaml, MappingCompileContext? context = null)
    {
        var findings = new Findings();
        var plan = Compile(yaml, findings, context);
        Assert.Equal([], findings.Where(f => f.Severity == Severity.Error).Select(f => f.ToString()));
        return plan!;
    }

    /// <summary>Everything the checker says about a file.</summary>
    public static string[] Wrong(string yaml, MappingCompileContext? context = null)
    {
        var findings = new Findings();
        Compile(yaml, findings, context);
        return [.. findings.Sorted().Select(f => f.ToString())];
    }

    /// <summary>The document and findings of a record, one a line.</summary>
    public static string Run(string fields, string json, string head = "") => Run(Plan(Fields(fields, head)), json);

    public static string Run(MappingPlan plan, string json)
    {
        var result = Result(plan, json, out var document);
        return string.Join('\n', (string[])[.. result.Kind switch { MappingResultKind.Mapped => [document], MappingResultKind.Skipped => ["skipped"], _ => Array.Empty<string>() }, .. result.Findings.Select(f => f.ToString())]);
    }

    public static MappingResult Result(MappingPlan plan, string json, out string document)
    {
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), builder, ReaderOptions.Default, out _));
        using var run = new MappingRun(plan);
        var output = new ArrayBufferWriter<byte>();
        var result = plan.Run(run, Value.FromTape(builder.Build(), 0), output);
        document = Encoding.UTF8.GetString(output.WrittenSpan);
        return result;
    }

    public static LookupTable Table(string yaml) => LookupFile.Read(Root("lookup.yaml", yaml), new Findings())!;

    public static YamlNode Root(string file, string yaml)
    {
        var findings = new Findings();
        var root = YamlFile.Parse(file, Encoding.UTF8.GetBytes(yaml), findings);
        Assert.Equal([], findings.Select(f => f.ToString()));
        return root!;
    }

    private static ContractDefinition Contract(string yaml) => ContractFile.Read(Root("contract.yaml", yaml), new Findings())!;

    private static MappingPlan? Compile(string yaml, Findings findings, MappingCompileContext? context)
    {
        var definition = MappingFile.Read(Root("m.yaml", yaml), findings, out var draft);
        if (draft is not null) MappingPlan.Check(draft, context ?? Context, findings);
        return definition is null ? null : MappingPlan.Compile(definition, context ?? Context, findings);
    }
}
