using System.CommandLine;
using Connectors.Sandbox;
using Hub.Abstractions;
using Hub.Core.Operations;
using Hub.Host.Api;
using Hub.Host.Hosting;
using Mappings.Diagnostics;

namespace Hub.Host.Commands;

/// <summary>
/// <c>hub doctor</c>: whether everything a hub relies on is there. Asks a running hub, which looks from where it runs; with
/// <c>--config</c>, or when no hub answers, looks at the systems of the configuration folder from here.
/// </summary>
internal static class DoctorCommand
{
    private const string NobodyAnswers = "HUB914";

    public static Command Build(CommandOutput output)
    {
        var hub = CommonOptions.Hub();
        var config = CommonOptions.Config();
        var environment = CommonOptions.Environment();
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("doctor", CommandTexts.Get("doctor.description")) { hub, config, environment, data, json };
        command.SetAction(async (result, stop) =>
        {
            var folder = result.GetRequiredValue(config);
            var isAsked = result.GetResult(config) is { Implicit: false };
            var report = isAsked ? null : await AskAsync(result.GetRequiredValue(hub), Directory.Exists(folder), stop);
            if (report is null && !isAsked) output.Error(CommandTexts.Get("doctor.nohub", ("hub", result.GetRequiredValue(hub).ToString()), ("folder", folder)));
            report ??= await LookAsync(folder, result.GetValue(environment), result.GetValue(data), stop);
            if (result.GetValue(json)) output.Json(report);
            else DoctorLines.Print(report, output);
            return report.AllFindings().Any() ? ExitCode.Findings : ExitCode.Fine;
        });
        return command;
    }

    /// <returns>Null when no hub answers and there is a folder to look at instead.</returns>
    private static async Task<DoctorReport?> AskAsync(Uri hub, bool hasFolder, CancellationToken stop)
    {
        using var operations = new OperationsClient(hub, Environment.GetEnvironmentVariable(OperationsCommand.KeyVariable));
        try
        {
            return await operations.DoctorAsync(stop);
        }
        catch (PermanentException nobody) when (hasFolder && nobody.Finding.Code == NobodyAnswers)
        {
            return null;
        }
    }

    private static async Task<DoctorReport> LookAsync(string folder, string? environment, string? data, CancellationToken stop)
    {
        var configuration = new HubConfiguration(folder, environment, new SandboxDirectory(), TimeProvider.System);
        var findings = configuration.Reloader.Start(configuration.Read());
        if (!configuration.Reloader.Holder.HasCurrent) throw new ConfigurationRefusedException(configuration.Check().Report.Long(), findings.First(f => f.Severity == Severity.Error));
        var state = configuration.Reloader.Holder.Current;
        var dataFolder = data is null ? Path.GetFullPath(state.Configuration.Hub.DataFolder, configuration.Folder) : Path.GetFullPath(data);
        return await Doctor.RunAsync(state.Definition, configuration.Folder, dataFolder, TimeProvider.System, ProcessChance.Source, stop);
    }
}
