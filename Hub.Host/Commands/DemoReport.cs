using System.Globalization;
using Hub.Core.Journal;
using Hub.Core.Operations;
using Hub.Host.Hosting;

namespace Hub.Host.Commands;

/// <summary>What <c>hub demo</c> prints: the ledger, why some inputs went no further, and where to look next.</summary>
internal sealed class DemoReport(HubHost hub, IReadOnlyList<LedgerRow> ledger, IReadOnlyList<DeadGroup> dead, TimeSpan elapsed)
{
    /// <summary>The same for programs.</summary>
    public object ForPrograms() => new
    {
        hub = hub.State.Configuration.Hub.Name,
        revision = hub.State.Configuration.Revision,
        seconds = Math.Round(elapsed.TotalSeconds, 1),
        pipelines = ledger,
        dead,
        systems = hub.Sandboxes.Systems.ToDictionary(system => system.Name, system => system.Collections.ToDictionary(collection => collection.Name, collection => collection.Count)),
        unaccounted = ledger.Sum(row => row.Unaccounted),
    };

    public void Print(CommandOutput output, bool keep)
    {
        var deliveries = hub.Sandboxes.Systems.SelectMany(system => system.Collections).Sum(collection => collection.Delivered);
        output.Line(CommandTexts.Get(
            "demo.settled",
            ("seconds", elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
            ("messages", Number(ledger.Sum(row => row.Received))),
            ("deliveries", Number(deliveries))));
        output.Line();
        LedgerCommand.Print(ledger, output);
        if (dead.Count > 0)
        {
            output.Line(CommandTexts.Get("demo.dead"));
            output.Line();
            DeadCommand.Print(dead, output);
        }

        if (ledger.Sum(row => row.Unaccounted) is var lost and not 0) output.Error(CommandTexts.Get("demo.unaccounted", ("count", Number(lost))));
        var address = hub.Address.ToString().TrimEnd('/');
        output.Line(CommandTexts.Get("demo.next"));
        if (!keep) output.Line("  " + CommandTexts.Get("demo.next.keep"));
        output.Line("  " + CommandTexts.Get("demo.next.dead"));
        // Without --keep the journal goes with the process, so an id would lead nowhere.
        output.Line("  " + CommandTexts.Get("demo.next.explain", ("id", keep && dead.Count > 0 ? dead[0].Ids[0] : "ID           ")));
        if (keep) output.Line("  " + CommandTexts.Get("demo.sandbox", ("address", address)));
        output.Line("  " + CommandTexts.Get("demo.next.config"));
        if (keep) output.Line(CommandTexts.Get("demo.kept", ("address", address)));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
