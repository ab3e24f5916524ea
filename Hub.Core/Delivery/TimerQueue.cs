namespace Hub.Core.Delivery;

/// <summary>
/// Everything that waits for a time, in one heap behind one timer of the clock. Times are monotonic, counted from the
/// queue's start, so that a correction of the wall clock neither hurries nor delays anything. All members but the
/// callback are called under the dispatcher's lock.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private const long Grain = TimeSpan.TicksPerMillisecond / 100;

    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly PriorityQueue<ITimed, TimeSpan> _waiting = new();
    private TimeSpan _armed = TimeSpan.MaxValue;

    /// <param name="clock">The clock.</param>
    /// <param name="elapsed">Called when something may be due, without the lock.</param>
    public TimerQueue(TimeProvider clock, Action elapsed)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _timer = clock.CreateTimer(static state => ((Action)state!)(), elapsed, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Rounded, so that what the clock's frequency cuts off does not make a due time look not quite reached.</summary>
    public TimeSpan Now => new((_clock.GetElapsedTime(_start).Ticks + (Grain / 2)) / Grain * Grain);

    public int Count => _waiting.Count;

    /// <summary>How long until the next one is due; null when nothing waits.</summary>
    public TimeSpan? UntilNext => _waiting.TryPeek(out _, out var due) ? Later(due - Now, TimeSpan.Zero) : null;

    public void Schedule(ITimed item, TimeSpan due)
    {
        _waiting.Enqueue(item, due);
        if (due < _armed) Arm(due);
    }

    /// <summary>Hands out what is due.</summary>
    public void Elapsed()
    {
        _armed = TimeSpan.MaxValue;
        var now = Now;
        while (_waiting.TryPeek(out var item, out var due) && due <= now)
        {
            _waiting.Dequeue();
            item.Due(now);
        }

        if (_waiting.TryPeek(out _, out var next) && next < _armed) Arm(next);
    }

    public void Dispose() => _timer.Dispose();

    private void Arm(TimeSpan due)
    {
        _armed = due;
        var wait = Later(due - Now, TimeSpan.Zero);
        // A timer counts whole milliseconds: one that rings early would find nothing due and be armed again and again.
        wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        _timer.Change(wait < LongestTimer ? wait : LongestTimer, Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Later(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
