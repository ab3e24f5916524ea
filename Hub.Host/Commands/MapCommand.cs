using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Connectors.Sandbox;
using Hub.Core.Operations;
using Hub.Host.Hosting;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Mapping;
using Mappings.Mapping.Tracing;
using Mappings.Xrefs;

namespace Hub.Host.Commands;

/// <summary><c>hub map NAME</c>: one mapping of the configuration over a file or standard input, one JSON document a record on standard output.</summary>
internal static class MapCommand
{
    public static Command Build(CommandOutput output)
    {
        var name = new Argument<string>("NAME") { Description = CommandTexts.Get("argument.mapping") };
        var config = CommonOptions.Config();
        var environment = CommonOptions.Environment();
        var input = CommonOptions.Input();
        var xref = new Option<string?>("--xref") { Description = CommandTexts.Get("option.xref"), HelpName = "FILE" };
        var explain = new Option<bool>("--explain") { Description = CommandTexts.Get("option.explain") };
        var json = CommonOptions.Json();
        var command = new Command("map", CommandTexts.Get("map.description")) { name, config, environment, input, xref, explain, json };
        command.SetAction(async (result, stop) =>
        {
            var configuration = new HubConfiguration(result.GetRequiredValue(config), result.GetValue(environment), new SandboxDirectory(), TimeProvider.System);
            var findings = new Findings();
            if (MappingNames.Plan(configuration, result.GetRequiredValue(name), findings) is not { } plan)
            {
                output.Findings(findings.Sorted().Select(configuration.Shown));
                return ExitCode.Findings;
            }

            var xrefs = new MemoryXrefs();
            if (result.GetValue(xref) is { } entries)
            {
                var (csv, csvFile) = await InputText.ReadAsync(entries, stop);
                foreach (var entry in XrefFile.Read(csvFile, csv, findings) ?? []) xrefs.Add(entry);
                if (findings.HasErrors)
                {
                    output.Findings(findings.Sorted());
                    return ExitCode.Findings;
                }
            }

            var (bytes, file) = await InputText.ReadAsync(result.GetValue(input), stop);
            return Map(plan, xrefs, bytes, file, configuration, result.GetValue(explain) ? new MappingTrace() : null, result.GetValue(json), output);
        });
        return command;
    }

    private static int Map(MappingPlan plan, MemoryXrefs xrefs, byte[] bytes, string file, HubConfiguration configuration, MappingTrace? trace, bool json, CommandOutput output)
    {
        using var records = FormatReader.Open(bytes, RecordFormat.Of(plan.Definition.Source, bytes, file));
        using var run = new MappingRun(plan) { XrefSource = xrefs, Trace = trace, Place = (line, column) => new SourcePosition(file, line, column) };
        using var checks = plan.FileChecks?.Start(TimeProvider.System, ReaderOptions.Default.MaxDocumentBytes);
        var exit = ExitCode.Fine;
        var any = false;
        while (records.Read() is var status and not RecordStatus.End)
        {
            any = true;
            if (status != RecordStatus.Record)
            {
                Print(new MapLine("unreadable", [records.Error!], null), json, output);
                exit = ExitCode.Findings;
                if (status == RecordStatus.Broken) break;
                continue;
            }

            var record = Value.FromTape(records.Tape, records.Tape.Root);
            if (plan.UsesFile) run.SetVariable("file", Once(records));
            checks?.Add(record, records.At);
            var document = new ArrayBufferWriter<byte>();
            var result = plan.Run(run, record, document);
            var line = new MapLine(
                JsonNamingPolicy.CamelCase.ConvertName(result.Kind.ToString()),
                [.. result.Findings.Select(configuration.ShownMapping)],
                result.Kind == MappingResultKind.Mapped ? document.WrittenMemory : (ReadOnlyMemory<byte>?)null,
                trace is null ? null : [.. trace.Fields.Select(field => FieldOrigin.Of(field, configuration.Shown))]);
            Print(line, json, output);
            if (result.Kind is MappingResultKind.Failed or MappingResultKind.Held) exit = ExitCode.Findings;
        }

        if (checks?.Finish(Once(records), file) is { Count: > 0 } wrong)
        {
            Print(new MapLine("file", [.. wrong.Select(configuration.ShownMapping)], null), json, output);
            if (wrong.Any(f => f.Severity == Severity.Error)) exit = ExitCode.Findings;
        }

        if (records.Warning is { } changed) output.Findings([changed]);
        return any ? exit : ExitCode.Findings;
    }

    /// <summary>What <c>$file</c> means, as far as it was read.</summary>
    private static Value Once(IRecordReader records) => records.FileTape is { } tape ? Value.FromTape(tape, tape.Root) : Value.Missing;

    private static void Print(MapLine line, bool json, CommandOutput output)
    {
        if (json)
        {
            using var document = line.Document is { } bytes ? JsonDocument.Parse(bytes) : null;
            var findings = line.Findings.Select(FindingView.Of);
            if (line.Fields is { } origins) output.JsonLine(new { result = line.Result, findings, document = document?.RootElement, fields = origins });
            else output.JsonLine(new { result = line.Result, findings, document = document?.RootElement });
            return;
        }

        output.Findings(line.Findings);
        if (line.Document is { } mapped) output.Line(Encoding.UTF8.GetString(mapped.Span));
        else if (line.Findings.Count == 0) output.Error(CommandTexts.Get("map.skipped"));
        if (line.Fields is { } fields) OriginLines.Print(fields, output);
    }

    /// <summary>What became of one record.</summary>
    private sealed record MapLine(string Result, IReadOnlyList<Finding> Findings, ReadOnlyMemory<byte>? Document, IReadOnlyList<FieldOrigin>? Fields = null);
}
