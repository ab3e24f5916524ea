using System.Numerics;

namespace Hub.Core.Nodes;

/// <summary>
/// Who should have how many lane groups: as even as can be, and with as few moves as can be. Every node works out its own
/// part from the same board; nothing depends on two nodes working it out at the same moment, because a group is only taken
/// when nobody has it, and only given up by who has it.
/// </summary>
public static class LanePlan
{
    /// <summary>What a node should do now.</summary>
    /// <param name="board">What the store says.</param>
    /// <param name="self">The node's epoch.</param>
    /// <param name="settled">Groups it has and is not giving up already.</param>
    /// <returns>Groups to give up, and free groups to take.</returns>
    public static (ulong GiveUp, ulong Take) Moves(NodeBoard board, long self, ulong settled)
    {
        ArgumentNullException.ThrowIfNull(board);
        var sharing = board.Nodes.Where(n => n is { IsAlive: true, IsLeaving: false }).ToList();
        var mine = sharing.Find(n => n.Epoch == self);
        if (mine is null) return (settled, 0);

        // Who has most keeps most: what does not divide evenly stays where it is.
        sharing.Sort((a, b) =>
        {
            var more = BitOperations.PopCount(board.Groups(b.Epoch)).CompareTo(BitOperations.PopCount(board.Groups(a.Epoch)));
            return more != 0 ? more : a.Epoch.CompareTo(b.Epoch);
        });
        var place = sharing.IndexOf(mine);
        var share = (LaneGroups.Count / sharing.Count) + (place < LaneGroups.Count % sharing.Count ? 1 : 0);
        var has = BitOperations.PopCount(settled);
        if (has >= share) return (Some(settled, has - share, 0), 0);

        // Each begins elsewhere, so that nodes that look at once do not reach for the same ones.
        var free = board.Groups(0);
        return (0, Some(free, share - has, BitOperations.PopCount(free) * place / sharing.Count));
    }

    private static ulong Some(ulong groups, int count, int skip)
    {
        var all = LaneGroups.In(groups).ToList();
        return LaneGroups.Set(Enumerable.Range(skip, Math.Min(count, all.Count)).Select(i => all[i % all.Count]));
    }
}
