using Hub.Core.Configuration;
using Hub.Core.Journal;
using Hub.Core.Nodes;

namespace Hub.Core.Delivery;

/// <content>Lanes that are held for a dead letter.</content>
internal sealed partial class MessageFlow
{
    public int HeldLanes()
    {
        lock (Dispatcher.Sync) return Lanes.Snapshot().Count(l => l.IsHeld);
    }

    /// <summary>Rebuilds the holds of lanes from the dead letters of the journal: at start, after a purge, and when a system begins to hold or ends it.</summary>
    public void RebuildHolds(IReadOnlyList<DeadLane> dead)
    {
        lock (Dispatcher.Sync)
        {
            var kept = new HashSet<DeliveryId>();
            foreach (var letter in dead)
            {
                if (letter.Key.Length == 0 || Groups?.IsForeign(letter.Pipeline, letter.Key) == true || Targets.Find(letter.Destination)?.Gate.AfterDead != AfterDead.Hold) continue;
                kept.Add(letter.Delivery);
                Lanes.Get(letter.Pipeline, letter.Key).Hold(letter.Delivery);
            }

            foreach (var lane in Lanes.Snapshot())
            {
                lane.KeepHolds(kept);
                Advance(lane);
            }
        }
    }

    /// <summary>Holds lanes of groups that begin for the dead letters they had at another node.</summary>
    public void HoldLanes(IReadOnlyList<DeadLane> dead, ulong groups)
    {
        lock (Dispatcher.Sync)
        {
            foreach (var letter in dead)
            {
                if (letter.Key.Length == 0 || Targets.Find(letter.Destination)?.Gate.AfterDead != AfterDead.Hold) continue;
                if ((groups & (1UL << LaneGroups.Of(letter.Pipeline, letter.Key))) != 0) Lanes.Get(letter.Pipeline, letter.Key).Hold(letter.Delivery);
            }
        }
    }
}
