using Hub.Abstractions.Messages;

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

    private long _last = highest.Value;

    /// <summary>The lowest id that can be given at a time; 0 before 2020.</summary>
    public static MessageId First(DateTimeOffset at)
    {
        var milliseconds = (at - Epoch).Ticks / TimeSpan.TicksPerMillisecond;
        return milliseconds <= 0 ? MessageId.None : new MessageId(Math.Min(milliseconds, long.MaxValue >> SequenceBits) << SequenceBits);
    }

    /// <summary>The next id.</summary>
    public MessageId Next()
    {
        var now = First(clock.GetUtcNow()).Value;
        var last = Volatile.Read(ref _last);
        while (true)
        {
            var next = Math.Max(now, last + 1);
            var seen = Interlocked.CompareExchange(ref _last, next, last);
            if (seen == last) return new MessageId(next);
            last = seen;
        }
    }
}
