using System.CommandLine;
using System.Globalization;
using Connectors.Sandbox;
using Hub.Core.Configuration.Editors;
using Hub.Host.Hosting;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Encodings;

namespace Hub.Host.Commands;

/// <summary><c>hub schema</c>: schemas for editors, and contracts made from the descriptions of others (<c>import</c>) or from samples (<c>infer</c>).</summary>
internal static class SchemaCommand
{
    public static Command Build(CommandOutput output)
    {
        var folder = new Option<string>("--out") { Description = CommandTexts.Get("option.out"), HelpName = "DIR", DefaultValueFactory = _ => "schemas" };
        var config = new Option<string?>("--config") { Description = CommandTexts.Get("option.names"), HelpName = "DIR" };
        var command = new Command("schema", CommandTexts.Get("schema.description")) { folder, config, Import(output), Infer(output) };
        command.SetAction(result =>
        {
            var named = result.GetValue(config);
            var configuration = new HubConfiguration(named ?? "config", null, new SandboxDirectory(), TimeProvider.System);
            var schemas = EditorSchemas.All(configuration.Specs, named is null ? null : configuration.Load());
            return Write(schemas, result.GetRequiredValue(folder), named ?? "config", output);
        });
        return command;
    }

    private static int Write(IReadOnlyList<EditorSchema> schemas, string folder, string config, CommandOutput output)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var schema in schemas) File.WriteAllText(Path.Combine(folder, schema.Name), schema.Json);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            output.Findings([Finding.Error("HUB937", SourcePosition.WholeFile(folder), string.Empty, ("reason", cause.Message))]);
            return ExitCode.Findings;
        }

        output.Line(CommandTexts.Get("schema.written", ("count", schemas.Count.ToString(CultureInfo.InvariantCulture)), ("folder", folder)));
        output.Line();
        output.Line("\"yaml.schemas\": {");
        var place = Path.IsPathRooted(folder) ? folder : "./" + folder;
        foreach (var schema in schemas) output.Line($"  \"{Path.Combine(place, schema.Name)}\": \"{config}/{schema.Files}\"{(schema == schemas[^1] ? string.Empty : ",")}");
        output.Line("}");
        return ExitCode.Fine;
    }

    private static Command Import(CommandOutput output)
    {
        var file = new Argument<string>("FILE") { Description = CommandTexts.Get("argument.description") };
        var schema = new Option<string?>("--schema") { Description = CommandTexts.Get("option.schema"), HelpName = "NAME" };
        var name = new Option<string?>("--name") { Description = CommandTexts.Get("option.name"), HelpName = "NAME" };
        var command = new Command("import", CommandTexts.Get("import.description")) { file, schema, name };
        command.SetAction(async (result, stop) =>
        {
            var (bytes, path) = await InputText.ReadAsync(result.GetRequiredValue(file), stop);
            var findings = new Findings();
            return Print(ContractImport.Write(path, bytes, result.GetValue(schema), result.GetValue(name), findings), findings, output);
        });
        return command;
    }

    private static Command Infer(CommandOutput output)
    {
        var files = new Argument<string[]>("FILE") { Description = CommandTexts.Get("argument.samples"), Arity = ArgumentArity.OneOrMore };
        var name = new Option<string?>("--name") { Description = CommandTexts.Get("option.name"), HelpName = "NAME" };
        var format = new Option<string?>("--format") { Description = CommandTexts.Get("option.samples") };
        format.AcceptOnlyFromAmong("json", "ndjson", "csv", "xml");
        var encoding = new Option<string>("--encoding") { Description = CommandTexts.Get("option.encoding"), DefaultValueFactory = _ => "utf-8" };
        encoding.AcceptOnlyFromAmong([.. TextEncodings.Names]);
        var record = new Option<string?>("--record") { Description = CommandTexts.Get("option.record"), HelpName = "PATH" };
        var enums = new Option<bool>("--enums") { Description = CommandTexts.Get("option.enums") };
        var command = new Command("infer", CommandTexts.Get("infer.description")) { files, name, format, encoding, record, enums };
        command.SetAction(result =>
        {
            var findings = new Findings();
            var inference = new ContractInference();
            var paths = result.GetRequiredValue(files);
            TextEncodings.TryGet(result.GetRequiredValue(encoding), out var known);
            foreach (var path in paths)
            {
                var options = new FormatOptions { Format = FormatOf(result.GetValue(format), path), Encoding = known!, Record = result.GetValue(record), Reader = ReaderOptions.Default with { File = path } };
                using var sample = Open(path, findings);
                if (sample is not null) inference.Read(sample, WithRecords(options, sample), findings);
            }

            var contract = findings.HasErrors ? null : inference.Write(result.GetValue(name) ?? Path.GetFileNameWithoutExtension(paths[0]), result.GetValue(enums), findings);
            return Print(contract, findings, output);
        });
        return command;
    }

    private static int Print(string? contract, Findings findings, CommandOutput output)
    {
        output.Findings(findings.Sorted());
        if (contract is null) return ExitCode.Findings;
        output.Line(contract.TrimEnd('\n'));
        return ExitCode.Fine;
    }

    private static FileStream? Open(string path, Findings findings)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            findings.Error("HUB902", SourcePosition.WholeFile(path));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            findings.Error("HUB901", SourcePosition.WholeFile(path), string.Empty, ("reason", cause.Message));
        }

        return null;
    }

    private static MessageFormat FormatOf(string? word, string path) =>
        Enum.TryParse<MessageFormat>(word ?? Path.GetExtension(path).TrimStart('.'), ignoreCase: true, out var format) ? format : MessageFormat.Json;

    /// <summary>An array of records is what samples and exports are.</summary>
    private static FormatOptions WithRecords(FormatOptions options, FileStream sample)
    {
        if (options is not { Format: MessageFormat.Json, Record: null }) return options;
        var isArray = false;
        for (int next; (next = sample.ReadByte()) >= 0;)
        {
            if (next is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF) continue;
            isArray = next == '[';
            break;
        }

        sample.Position = 0;
        return isArray ? options with { Record = "[]" } : options;
    }
}
