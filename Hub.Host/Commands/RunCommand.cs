using System.CommandLine;
using System.Globalization;
using Hub.Host.Hosting;

namespace Hub.Host.Commands;

/// <summary><c>hub run</c>: the service, until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Build(CommandOutput output)
    {
        var config = CommonOptions.Config();
        var environment = CommonOptions.Environment();
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        // For `hub chaos`: a clock that jumps. Nobody else has a reason to write it.
        var clockFile = new Option<string?>("--clock-file") { Hidden = true };
        var command = new Command("run", CommandTexts.Get("run.description")) { config, environment, data, json, clockFile };
        command.SetAction(async (result, stop) =>
        {
            using var clock = result.GetValue(clockFile) is { } file ? new FileClock(TimeProvider.System, file) : null;
            await using var hub = await HubHost.StartAsync(
                new HubHostOptions
                {
                    ConfigurationFolder = result.GetRequiredValue(config),
                    Environment = result.GetValue(environment),
                    DataFolder = result.GetValue(data),
                    Clock = clock,
                },
                stop);
            Announce(hub, result.GetValue(json), output);
            await hub.WaitForStopAsync(stop);
            output.Error(CommandTexts.Get("run.stopping"));
            return ExitCode.Fine;
        });
        return command;
    }

    private static void Announce(HubHost hub, bool json, CommandOutput output)
    {
        if (json)
        {
            output.JsonLine(new { ready = hub.Address, revision = hub.State.Configuration.Revision });
            return;
        }

        foreach (var finding in hub.State.LastFindings) output.Findings([hub.Configuration.Shown(finding)]);
        output.Line(CommandTexts.Get(
            "run.ready",
            ("hub", hub.State.Configuration.Hub.Name),
            ("pipelines", hub.State.Configuration.Pipelines.Count.ToString(CultureInfo.InvariantCulture)),
            ("address", hub.Address.ToString().TrimEnd('/'))));
    }
}
