using Hub.Abstractions.Messages;
using Hub.Core.Nodes;

namespace Hub.Core.Journal;

/// <summary>
/// Gives message ids: 41 bits of milliseconds since 2020, 22 bits of sequence. Each is higher than all before it, also
/// when the clock goes back or more than four million are taken in one millisecond: then ids run ahead of the clock
/// until it has caught up. Safe for use by several threads.
/// </summary>
/// <param name="clock">The time of day.</param>
/// <param name="highest">The highest id given before; what <see cref="IJournalStore.OpenAsync"/> returned.</param>
public sealed class MessageIdSource(TimeProvider clock, MessageId highest)
{
    private const int SequenceBits = 22;

    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Of the sequence's bits, those that tell nodes apart.</summary>
    private const int SlotShift = 16;

    private long _last = highest.Value;
    private long _slot = -1;
    private long _ahead;

    /// <summary>The lowest id that can be given at a time; 0 before 2020.</summary>
    public static MessageId First(DateTimeOffset at)
    {
        var milliseconds = (at - Epoch).Ticks / TimeSpan.TicksPerMillisecond;
        return milliseconds <= 0 ? MessageId.None : new MessageId(Math.Min(milliseconds, long.MaxValue >> SequenceBits) << SequenceBits);
    }

    /// <summary>
    /// From now on every id bears the node's slot, so that no other node gives the same one, and follows the common clock, so
    /// that ids of all nodes are in about the order in which they were given.
    /// </summary>
    /// <param name="slot">0 to 63; no other living node has it.</param>
    /// <param name="highestOfAll">The highest id that anybody has given.</param>
    /// <param name="ahead">What the common clock is before this node's.</param>
    internal void Share(int slot, MessageId highestOfAll, TimeSpan ahead)
    {
        Follow(ahead);
        Volatile.Write(ref _slot, slot);
        for (var last = Volatile.Read(ref _last); last < highestOfAll.Value; last = Volatile.Read(ref _last)) Interlocked.CompareExchange(ref _last, highestOfAll.Value, last);
    }

    /// <summary>The common clock was looked at again.</summary>
    internal void Follow(TimeSpan ahead) => Volatile.Write(ref _ahead, ahead.Ticks);

    /// <summary>The next id.</summary>
    public MessageId Next()
    {
        var slot = Volatile.Read(ref _slot);
        var now = First(clock.GetUtcNow() + new TimeSpan(Volatile.Read(ref _ahead))).Value;
        var last = Volatile.Read(ref _last);
        while (true)
        {
            var next = slot < 0 ? Math.Max(now, last + 1) : Next(now, last, slot);
            var seen = Interlocked.CompareExchange(ref _last, next, last);
            if (seen == last) return new MessageId(next);
            last = seen;
        }
    }

    private static long Next(long now, long last, long slot)
    {
        var first = now | (slot << SlotShift);
        if (first > last) return first;
        var isOwn = ((last >> SlotShift) & (LaneGroups.Count - 1)) == slot && ((last + 1) >> SlotShift) == (last >> SlotShift);
        return isOwn ? last + 1 : (((last >> SequenceBits) + 1) << SequenceBits) | (slot << SlotShift);
    }
}
