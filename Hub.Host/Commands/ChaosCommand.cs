using System.CommandLine;
using Hub.Host.Chaos;
using Hub.Host.Hosting;

namespace Hub.Host.Commands;

/// <summary>
/// <c>hub chaos</c>: starts hubs of its own, kills them and takes from them what they need, and counts from outside what was
/// lost, repeated, or out of order. It leaves nothing behind but, when something is wrong, its folder.
/// </summary>
internal static class ChaosCommand
{
    public static Command Build(CommandOutput output)
    {
        var kills = Positive("--kills", "option.kills", 25);
        var minutes = new Option<double?>("--minutes") { Description = CommandTexts.Get("option.minutes"), HelpName = "N" };
        var seed = new Option<int>("--seed") { Description = CommandTexts.Get("option.seed"), HelpName = "N", DefaultValueFactory = _ => ProcessChance.Source.Next(1, 1_000_000) };
        var smallDisk = new Option<string?>("--small-disk") { Description = CommandTexts.Get("option.smalldisk"), HelpName = "DIR" };
        var json = CommonOptions.Json();
        var command = new Command("chaos", CommandTexts.Get("chaos.description")) { kills, minutes, seed, smallDisk, json };
        command.SetAction(async (result, stop) => await RunAsync(
            new ChaosOptions
            {
                Kills = result.GetValue(kills),
                Duration = result.GetValue(minutes) is { } limit ? TimeSpan.FromMinutes(limit) : null,
                Seed = result.GetValue(seed),
                SmallDisk = result.GetValue(smallDisk),
            },
            result.GetValue(json),
            output,
            stop));
        return command;
    }

    private static async Task<int> RunAsync(ChaosOptions options, bool json, CommandOutput output, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("hub-chaos-").FullName;
        var isFine = false;
        try
        {
            if (!json) ChaosReport.Begin(options, output);
            var run = new ChaosRun(options, HubProgram.Own(), TimeProvider.System, folder);
            var result = await run.RunAsync(
                round =>
                {
                    if (!json) ChaosReport.Round(round, output);
                },
                stop);
            isFine = result.IsFine;
            if (json) output.Json(result);
            else ChaosReport.End(result, output);
            return isFine ? ExitCode.Fine : ExitCode.Findings;
        }
        finally
        {
            if (isFine || stop.IsCancellationRequested) Directory.Delete(folder, recursive: true);
            else output.Error(CommandTexts.Get("chaos.kept", ("folder", folder)));
        }
    }

    private static Option<int> Positive(string name, string description, int standard) => new(name)
    {
        Description = CommandTexts.Get(description),
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        Validators = { result => { if (result.GetValueOrDefault<int>() < 1) result.AddError(CommandTexts.Get("usage.positive", ("option", name))); } },
    };
}
