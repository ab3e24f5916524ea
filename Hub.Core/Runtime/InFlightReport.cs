using System.Globalization;
using System.Text;
using Hub.Core.Delivery;

namespace Hub.Core.Runtime;

/// <summary>What is in flight, as a table for people: shown when waiting for it took too long.</summary>
internal static class InFlightReport
{
    private const int LanesShown = 20;

    public static string Render(HubEngine engine)
    {
        var flow = engine.Flow;
        var text = new StringBuilder();
        lock (flow.Dispatcher.Sync)
        {
            Line(text, $"in flight {flow.Room.Count}; running {flow.Dispatcher.Running}; un-acked {flow.Unacked.Count}; pending commits and reads {flow.Dispatcher.Pending}; "
                + $"pipelines {flow.Pipelines.Running} running, {flow.Pipelines.Waiting} waiting; bodies {flow.Bodies.Used} bytes");
            var next = flow.Dispatcher.Timers.UntilNext is { } wait ? $"the next in {Durations.Text(wait)}" : "none";
            Line(text, $"timers {flow.Dispatcher.Timers.Count}, {next}; journal {(engine.Context.Journal.Health.Available ? "available" : "not available")}");
            foreach (var gate in engine.Systems.Gates)
            {
                Line(text, $"system {gate.Name,-12} breaker {gate.Breaker.State,-8} running {gate.Running}/{gate.Limits.Concurrency} waiting {gate.Waiting}");
            }

            var lanes = flow.Lanes.Snapshot();
            foreach (var lane in lanes.Take(LanesShown)) Lane(text, lane);
            if (lanes.Count > LanesShown) Line(text, $"and {lanes.Count - LanesShown} lanes more");
        }

        return text.ToString();
    }

    private static void Lane(StringBuilder text, Lane lane)
    {
        var held = lane.IsHeld ? $", held for {string.Join(", ", lane.Holds)}" : string.Empty;
        Line(text, $"lane {lane.Pipeline} {lane.Key}: {lane.Count} messages{held}");
        if ((lane.Current ?? lane.First) is not { } head) return;
        Line(text, $"  {head.Id} {head.Stage}");
        foreach (var delivery in head.Deliveries ?? [])
        {
            Line(text, $"    {delivery.Id} to {delivery.Destination}: {delivery.Stage}, {delivery.Attempts} failed attempts, due {delivery.NotBefore?.ToString("O", CultureInfo.InvariantCulture) ?? "at once"}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Line(StringBuilder text, string line) => text.AppendLine(line);
}
