using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Formats.Json;
using Mappings.Mapping;
using Tests.Architecture;

namespace Tests.Mapping.Mutation;

/// <summary>A good record for a mapping of the example company, as JSON whatever its format was, that can be changed and judged.</summary>
internal sealed class SampleRecord
{
    private static readonly Dictionary<string, (string File, FormatOptions Options)> Samples = new()
    {
        ["erp-customer"] = ("erp-customers.csv", new FormatOptions { Format = MessageFormat.Csv }),
        ["erp-employee"] = ("erp-employees.csv", new FormatOptions { Format = MessageFormat.Csv }),
        ["erp-order"] = ("erp-orders.json", new FormatOptions { Record = "[]" }),
        ["erp-order-line"] = ("erp-orders.json", new FormatOptions { Record = "[]" }),
        ["crm-contact"] = ("crm-contacts.csv", new FormatOptions { Format = MessageFormat.Csv }),
        ["erp-product"] = ("erp-products.csv", new FormatOptions { Format = MessageFormat.Csv }),
        ["bank-account"] = ("bank-b2-accounts.csv", new FormatOptions { Format = MessageFormat.Csv }),
        ["hr-department"] = ("hr-departments.csv", new FormatOptions { Format = MessageFormat.Csv, Encoding = Chinese("gbk") }),
        ["bank-b2.detail"] = ("bank-b2.txt", new FormatOptions { Format = MessageFormat.Fixed, Encoding = Chinese("gb18030"), Record = "detail" }),
        ["hr-employee"] = ("hr-employees.xml", new FormatOptions { Format = MessageFormat.Xml, Encoding = Chinese("gbk"), Record = "/员工列表/员工" }),
    };

    private readonly MappingPlan _plan;
    private readonly ContractDefinition _contract;
    private readonly ContractShape _shape;
    private readonly JsonObject _message;
    private readonly JsonObject _record;
    private readonly JsonNode? _file;

    public SampleRecord(MappingPlan plan, ContractDefinition contract)
    {
        _plan = plan;
        _contract = contract;
        _shape = contract.RootOf(plan.Definition.Source.Record);
        var (file, options) = Samples[contract.Name];
        using var records = FormatReader.Open(File.ReadAllBytes(Repository.Path("config", "samples", file)), options with { Layout = plan.Definition.Source.ResolvedLayout });
        do Assert.Equal(RecordStatus.Record, records.Read());
        while (contract.Name == "hr-employee" && !Json(records.Tape).Contains("直属上级", StringComparison.Ordinal));
        _file = records.FileTape is { } once ? JsonNode.Parse(Json(once)) : null;
        _message = JsonNode.Parse(Json(records.Tape))!.AsObject();
        _record = contract.Name == "erp-order-line" ? _message["lines"]![0]!.AsObject() : _message;

        // What the pipeline's enrich adds.
        if (plan.Definition.Name == "erp-order-to-crm-deal") _record["account"] = new JsonObject { ["code"] = "VINET", ["name"] = "Vins et alcools Chevalier" };
        Assert.Equal([], Judge(_record.ToJsonString()).Where(f => f.Severity == Severity.Error).Select(f => f.ToString()));
    }

    /// <summary>Members of the record that its contract requires; of a list those of its first element.</summary>
    public IEnumerable<string[]> Required() => Paths(_record, _shape, [], onlyRequired: true);

    /// <summary>Members of the record that its contract describes.</summary>
    public IEnumerable<string[]> Known() => Paths(_record, _shape, [], onlyRequired: false);

    /// <summary>The required field that copies the member; null when there is none.</summary>
    public FieldDefinition? Reader(string[] path) =>
        _plan.Definition.Fields.FirstOrDefault(f => f is { IsPath: true, Form: FieldForm.Path, Rules: { IsRequired: true, Default: null, OnError: BadValue.Fail } } && f.Text!.Text.Trim() == string.Join('.', path));

    /// <summary>Everything that is found in the record with one member changed, or taken out when the change gives null.</summary>
    public IReadOnlyList<Finding> Judge(string[] path, Func<JsonNode?, JsonNode?> change)
    {
        var record = _record.DeepClone().AsObject();
        var holder = record;
        foreach (var name in path[..^1]) holder = (holder[name] is JsonArray list ? list[0]! : holder[name]!).AsObject();
        var changed = change(holder[path[^1]]);
        if (changed is null) holder.Remove(path[^1]);
        else holder[path[^1]] = changed;
        return Judge(record.ToJsonString());
    }

    private List<Finding> Judge(string json)
    {
        var tape = Tape(json);
        var findings = new Findings();
        _contract.Validate(tape, tape.Root, findings, record: _plan.Definition.Source.Record);
        using var run = new MappingRun(_plan);
        run.SetVariable("message", Value.FromTape(Tape(_message.ToJsonString()), 0));
        if (_file is not null) run.SetVariable("file", Value.FromTape(Tape(_file.ToJsonString()), 0));
        return [.. findings, .. _plan.Run(run, Value.FromTape(tape, 0), new ArrayBufferWriter<byte>()).Findings];
    }

    private static IEnumerable<string[]> Paths(JsonObject record, ContractShape shape, string[] path, bool onlyRequired)
    {
        foreach (var (name, member) in shape.Members)
        {
            if (!record.TryGetPropertyValue(name, out var value) || (onlyRequired && !shape.Required.Contains(name))) continue;
            string[] at = [.. path, name];
            yield return at;
            var inner = value is JsonArray { Count: > 0 } list ? list[0] as JsonObject : value as JsonObject;
            var described = value is JsonArray ? member.Items : member;
            if (inner is null || described is null) continue;
            foreach (var below in Paths(inner, described, at, onlyRequired)) yield return below;
        }
    }

    private static Tape Tape(string json)
    {
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), builder, ReaderOptions.Default, out _));
        return builder.Build();
    }

    private static string Json(Tape tape)
    {
        using var output = new Utf8JsonOutput();
        TapeJson.Write(tape, tape.Root, output);
        return Encoding.UTF8.GetString(output.Written);
    }

    private static TextEncoding Chinese(string name) => TextEncodings.TryGet(name, out var encoding) ? encoding : throw new InvalidOperationException($"{name} is not known.");
}
