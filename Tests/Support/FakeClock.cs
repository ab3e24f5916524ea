namespace Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire on the thread that calls <see cref="Advance"/>, in the
/// order they are due, each with the clock at its due time. The timestamp runs at an odd frequency, so that arithmetic
/// which takes ticks for granted shows itself.
/// </summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly object _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly List<(int Timers, TaskCompletionSource Signal)> _waiting = [];
    private DateTimeOffset _now = start;
    private TimeSpan _elapsed;
    private long _order;

    public FakeClock()
        : this(new DateTimeOffset(2024, 3, 4, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => 10_000_019;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How many timers are armed.</summary>
    public int Armed
    {
        get
        {
            lock (_gate) return _timers.Count;
        }
    }

    /// <summary>How long until the next timer is due; null when none is armed.</summary>
    public TimeSpan? UntilNext
    {
        get
        {
            lock (_gate) return _timers.Count == 0 ? null : _timers.Min(t => t.Due) - _elapsed;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp()
    {
        lock (_gate) return (long)(_elapsed.Ticks / (decimal)TimeSpan.TicksPerSecond * TimestampFrequency);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires what comes due on the way, timers armed by those callbacks included.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan end;
        lock (_gate) end = _elapsed + by;
        while (true)
        {
            FakeTimer? next;
            lock (_gate)
            {
                next = _timers.Where(t => t.Due <= end).OrderBy(t => t.Due).ThenBy(t => t.Order).FirstOrDefault();
                Move(next?.Due ?? end);
                if (next is null) return;
                if (next.Period > TimeSpan.Zero) next.Due += next.Period;
                else _timers.Remove(next);
            }

            next.Fire();
        }
    }

    /// <summary>Puts the time of day to another value, as an administrator or a time server does; timers are not moved.</summary>
    public void Set(DateTimeOffset now)
    {
        lock (_gate) _now = now;
    }

    /// <summary>Completes once this many timers are armed: the signal that whoever is tested waits for the clock.</summary>
    public Task WhenArmedAsync(int timers)
    {
        lock (_gate)
        {
            if (_timers.Count >= timers) return Task.CompletedTask;
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((timers, signal));
            return signal.Task;
        }
    }

    private void Move(TimeSpan elapsed)
    {
        if (elapsed <= _elapsed) return;
        _now += elapsed - _elapsed;
        _elapsed = elapsed;
    }

    private void Arm(FakeTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            timer.Due = _elapsed + dueTime;
            timer.Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
            timer.Order = _order++;
            _timers.Add(timer);
            foreach (var (_, signal) in _waiting.Where(w => w.Timers <= _timers.Count)) signal.SetResult();
            _waiting.RemoveAll(w => w.Timers <= _timers.Count);
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _disposed;

        internal TimeSpan Due { get; set; }

        internal TimeSpan Period { get; set; }

        internal long Order { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed) return false;
            clock.Arm(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            clock.Arm(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _disposed = true;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Fire()
        {
            if (!_disposed) callback(state);
        }
    }
}
