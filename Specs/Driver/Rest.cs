using Hub.Core.Delivery;
using Hub.Core.Runtime;

namespace Specs.Driver;

/// <summary>Whether a hub can do nothing more before its clock moves.</summary>
internal static class Rest
{
    public static bool IsReached(HubEngine engine)
    {
        var flow = engine.Flow;
        lock (flow.Dispatcher.Sync) return flow.Dispatcher.IsQuiet || OnlyQuestionsWait(engine, flow);
    }

    /// <summary>
    /// A pipeline whose question waits for its turn at a gate counts as running, though nothing runs until the gate's
    /// breaker or rate lets the question through: the dispatcher is never quiet then, and tells nobody.
    /// </summary>
    private static bool OnlyQuestionsWait(HubEngine engine, MessageFlow flow)
    {
        var pipelines = flow.Pipelines;
        if (flow.Dispatcher.Pending > 0 || flow.Dispatcher.Running > pipelines.Running || (pipelines.Waiting > 0 && !pipelines.IsFull)) return false;
        if (engine.Systems.Gates.Any(gate => gate.InRing)) return false;
        return engine.Systems.Gates.Sum(gate => gate.Waiting) - WaitingDeliveries(flow) == pipelines.Running;
    }

    private static int WaitingDeliveries(MessageFlow flow)
    {
        var count = 0;
        foreach (var lane in flow.Lanes.Snapshot())
        {
            for (var message = lane.First; message is not null; message = message.BehindInLane)
                count += message.Deliveries?.Count(d => d.Stage is DeliveryStage.Ready or DeliveryStage.Loaded) ?? 0;
        }

        return count;
    }
}
