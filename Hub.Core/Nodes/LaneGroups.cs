using System.Numerics;

namespace Hub.Core.Nodes;

/// <summary>
/// The parts in which lanes are given to nodes. The number and the hash are part of the journal's format: they stand in
/// its rows, and all nodes must agree on them.
/// </summary>
public static class LaneGroups
{
    /// <summary>How many there are.</summary>
    public const int Count = 64;

    /// <summary>All of them, a bit each.</summary>
    public const ulong All = ulong.MaxValue;

    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The group of a lane: FNV-1a over the UTF-16 code units of the pipeline, a zero and the key; its top six bits after a last mixing.</summary>
    public static int Of(string pipeline, string key)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(key);
        var hash = Add(Add(Basis, pipeline) * Prime, key);
        hash ^= hash >> 32;
        return (int)((hash * 0x9E3779B97F4A7C15) >> 58);
    }

    /// <summary>The group of a message without a lane: one of those that the node has, so that it need not be handed over.</summary>
    /// <param name="message">The message's id, by which they take turns.</param>
    /// <param name="owned">The groups the node has; with none, any will do.</param>
    public static int Any(long message, ulong owned)
    {
        if (owned == 0) owned = All;
        var turn = (int)((ulong)message % (ulong)BitOperations.PopCount(owned));
        for (; turn > 0; turn--) owned &= owned - 1;
        return BitOperations.TrailingZeroCount(owned);
    }

    /// <summary>The groups of a set, ascending.</summary>
    public static IEnumerable<int> In(ulong groups)
    {
        for (; groups != 0; groups &= groups - 1) yield return BitOperations.TrailingZeroCount(groups);
    }

    /// <summary>The set of these groups.</summary>
    public static ulong Set(IEnumerable<int> groups) => groups.Aggregate(0UL, (set, group) => set | (1UL << group));

    private static ulong Add(ulong hash, string text)
    {
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * Prime;
            hash = (hash ^ (byte)(unit >> 8)) * Prime;
        }

        return hash;
    }
}
