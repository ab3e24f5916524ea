using System.Runtime.InteropServices;
using Hub.Core.Nodes;

namespace Hub.Core.Delivery;

/// <summary>All lanes that have a message or are held. Messages without a key have no lane: nothing waits for them. Under the dispatcher's lock.</summary>
internal sealed class LaneTable(bool isShared = false)
{
    private readonly Dictionary<(string Pipeline, string Key), Lane> _lanes = [];

    public int Count => _lanes.Count;

    /// <summary>All of them as they are now; the table may change while they are gone through.</summary>
    public List<Lane> Snapshot() => [.. _lanes.Values];

    public Lane Get(string pipeline, string key)
    {
        ref var lane = ref CollectionsMarshal.GetValueRefOrAddDefault(_lanes, (pipeline, key), out _);
        return lane ??= new Lane(pipeline, key) { Group = isShared ? LaneGroups.Of(pipeline, key) : -1 };
    }

    public void RemoveIfEmpty(Lane lane)
    {
        if (lane.IsEmpty) _lanes.Remove((lane.Pipeline, lane.Key));
    }
}
