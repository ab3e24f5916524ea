using Hub.Core.Delivery;
using Hub.Core.Runtime;

namespace Specs.Driver;

/// <summary>
/// Whether a hub can do nothing more before its clock moves. A pipeline whose question waits at a gate counts as running,
/// though nothing goes on until the gate's breaker or rate lets the question through: the dispatcher is never quiet then,
/// and tells nobody.
/// </summary>
internal static class Rest
{
    public static async Task<bool> IsReachedAsync(HubEngine engine)
    {
        if (Look(engine) is not { } seen) return false;
        if (seen.Runs == seen.Questions) return true;

        // Runs may share one question, which only the cache knows. A run that computes or commits ends before a flush that is asked for now.
        await engine.Context.Journal.FlushAsync();
        return Look(engine) == seen;
    }

    /// <summary>Null when something moves by itself.</summary>
    private static Waiting? Look(HubEngine engine)
    {
        var flow = engine.Flow;
        lock (flow.Dispatcher.Sync)
        {
            if (flow.Dispatcher.IsQuiet) return new Waiting(0, 0, 0);
            var pipelines = flow.Pipelines;
            if (flow.Dispatcher.Pending > 0 || flow.Dispatcher.Running > pipelines.Running || (pipelines.Waiting > 0 && !pipelines.IsFull)) return null;
            if (engine.Systems.Gates.Any(gate => gate.InRing)) return null;
            var questions = engine.Systems.Gates.Sum(gate => gate.Waiting) - Deliveries(flow);
            return questions == 0 ? null : new Waiting(pipelines.Running, questions, pipelines.Waiting);
        }
    }

    /// <summary>Deliveries that wait at a gate.</summary>
    private static int Deliveries(MessageFlow flow)
    {
        var count = 0;
        foreach (var lane in flow.Lanes.Snapshot())
        {
            for (var message = lane.First; message is not null; message = message.BehindInLane)
                count += message.Deliveries?.Count(d => d.Stage is DeliveryStage.Ready or DeliveryStage.Loaded) ?? 0;
        }

        return count;
    }

    /// <param name="Runs">Pipelines that run.</param>
    /// <param name="Questions">What waits at gates and is no delivery.</param>
    /// <param name="Queued">Pipelines that wait to run.</param>
    private sealed record Waiting(int Runs, int Questions, int Queued);
}
