using System.CommandLine;
using Connectors.Sandbox;
using Hub.Abstractions.Messages;
using Hub.Host.Api;
using Hub.Host.Hosting;
using Mappings.Diagnostics;

namespace Hub.Host.Commands;

/// <summary>
/// <c>hub test [NAME…]</c>: the tests of mappings, against the files of a configuration folder; no running hub and no system is asked.
/// With <c>--from ID</c> a message of a running hub becomes a test.
/// </summary>
internal static class TestCommand
{
    public static Command Build(CommandOutput output)
    {
        var names = new Argument<string[]>("NAME") { Description = CommandTexts.Get("argument.mappings"), Arity = ArgumentArity.ZeroOrMore };
        var config = CommonOptions.Config();
        var environment = CommonOptions.Environment();
        var allowNone = new Option<bool>("--allow-none") { Description = CommandTexts.Get("option.allownone") };
        var from = new Option<MessageId?>("--from") { Description = CommandTexts.Get("option.from"), HelpName = "ID", CustomParser = result => CommonOptions.MessageId(result) };
        var mapping = new Option<string?>("--mapping") { Description = CommandTexts.Get("option.mapping"), HelpName = "NAME" };
        var hub = CommonOptions.Hub();
        var json = CommonOptions.Json();
        var command = new Command("test", CommandTexts.Get("test.description")) { names, config, environment, allowNone, from, mapping, hub, json };
        command.Validators.Add(result =>
        {
            var isFrom = result.GetResult(from) is not null;
            if (isFrom ? result.GetResult(names)?.Tokens is { Count: > 0 } : result.GetResult(mapping) is not null) result.AddError(CommandTexts.Get("usage.from"));
        });
        command.SetAction(async (result, stop) =>
        {
            var configuration = new HubConfiguration(result.GetRequiredValue(config), result.GetValue(environment), new SandboxDirectory(), TimeProvider.System);
            if (result.GetValue(from) is { } id)
            {
                using var operations = new OperationsClient(result.GetRequiredValue(hub), System.Environment.GetEnvironmentVariable(OperationsCommand.KeyVariable));
                return await new TestRecording(configuration, output).RecordAsync(operations, id, result.GetValue(mapping), stop);
            }

            return Run(configuration, result.GetValue(names) ?? [], result.GetValue(allowNone), result.GetValue(json), output);
        });
        return command;
    }

    private static int Run(HubConfiguration configuration, string[] names, bool allowNone, bool json, CommandOutput output)
    {
        var findings = new Findings();
        var files = configuration.Read();
        var loaded = configuration.Load(files);
        foreach (var name in names) MappingNames.Check(loaded, name, findings);
        if (names.Length == 0) findings.AddRange(loaded.Findings.Where(finding => IsMapping(finding.At.File) || MappingNames.IsNoFolder(finding)));
        var mappings = HubConfiguration.CompileMappings(loaded, findings);
        var tests = configuration.Tests(files, mappings, names, findings);

        // What is wrong with another mapping does not matter to the tests that are asked for.
        var errors = findings.Sorted().Where(finding => finding.Severity == Severity.Error && (names.Length == 0 || !IsMapping(finding.At.File) || names.Any(name => IsOf(name, finding.At.File)))).ToList();
        if (errors.Count > 0)
        {
            output.Findings(errors.Select(configuration.Shown));
            return ExitCode.Findings;
        }

        var reports = tests.Run();
        if (json) output.Json(TestReports.ForPrograms(reports, tests.Untested, configuration));
        else TestReports.Print(reports, tests.Untested, configuration, output);
        var isFine = reports.All(report => report.Failed == 0) && (reports.Count > 0 || allowNone);
        return isFine ? ExitCode.Fine : ExitCode.Findings;
    }

    private static bool IsMapping(string file) => file.StartsWith("mappings/", StringComparison.Ordinal);

    private static bool IsOf(string mapping, string file) => file == $"mappings/{mapping}.yaml" || file == $"mappings/{mapping}.test.yaml";
}
