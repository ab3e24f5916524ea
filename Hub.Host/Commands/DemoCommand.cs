using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hub.Host.Hosting;

namespace Hub.Host.Commands;

/// <summary>
/// <c>hub demo</c>: starts the example company on its sandbox systems, lets them publish all they have, waits until every
/// message is settled, and prints what became of them.
/// </summary>
internal static class DemoCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Command Build(CommandOutput output)
    {
        var config = CommonOptions.Config();
        var data = CommonOptions.Data();
        var keep = new Option<bool>("--keep") { Description = CommandTexts.Get("option.keep") };
        var json = CommonOptions.Json();
        var command = new Command("demo", CommandTexts.Get("demo.description")) { config, data, keep, json };
        command.SetAction(async (result, stop) =>
        {
            var own = result.GetValue(data) is null;
            var folder = result.GetValue(data) ?? Directory.CreateTempSubdirectory("hub-demo-").FullName;
            try
            {
                return await RunAsync(result.GetRequiredValue(config), folder, result.GetValue(keep), result.GetValue(json), output, stop);
            }
            finally
            {
                if (own) Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(string config, string data, bool keep, bool json, CommandOutput output, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        await using var hub = await HubHost.StartAsync(
            new HubHostOptions
            {
                ConfigurationFolder = config,
                DataFolder = data,
                // Without --keep nobody but this process talks to it, so any free port will do.
                Address = keep ? null : "http://127.0.0.1:0",
                Watch = keep,
                Log = keep && !json,
            },
            stop);
        var configuration = hub.State.Configuration;
        if (!json)
        {
            output.Line(CommandTexts.Get("demo.title", ("hub", configuration.Hub.Name), ("pipelines", Number(configuration.Pipelines.Count)), ("systems", Number(configuration.Systems.Count))));
            output.Line(CommandTexts.Get("demo.settling"));
        }

        var settled = await SettleAsync(hub, output, stop);
        var ledger = await hub.Operations.LedgerAsync(stop);
        var dead = await hub.Operations.DeadAsync(null, stop);
        var report = new DemoReport(hub, ledger, dead, watch.Elapsed);
        if (json) output.Json(report.ForPrograms());
        else report.Print(output, keep);
        var fine = settled && ledger.Count > 0 && ledger.All(row => row.Unaccounted == 0 && row.InFlight == 0);
        if (keep) await hub.WaitForStopAsync(stop);
        return fine ? ExitCode.Fine : ExitCode.Findings;
    }

    /// <summary>Waits until the systems have published what they have and everything that was accepted is settled.</summary>
    private static async Task<bool> SettleAsync(HubHost hub, CommandOutput output, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            await hub.Sandboxes.PublishedAsync(limit.Token);
            await hub.Engine.WaitForIdleAsync(limit.Token);
            return true;
        }
        catch (TimeoutException unsettled)
        {
            output.Error(CommandTexts.Get("demo.unsettled", ("seconds", Number((int)Patience.TotalSeconds))));
            output.Error(unsettled.Message);
            return false;
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
