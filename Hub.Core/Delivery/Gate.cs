using Hub.Core.Configuration;

namespace Hub.Core.Delivery;

/// <summary>
/// What stands between the hub and one system: rate, concurrency, timeout and breaker, shared by deliveries and requests,
/// and the work that waits for them. A gate outlives the configurations of its system, so that a reload neither forgets an
/// open breaker nor refills a bucket. Under the dispatcher's lock.
/// </summary>
internal sealed class Gate(string name, Dispatcher dispatcher) : ITimed
{
    private WorkList _ready;
    private WorkList _loaded;
    private RateLimiter? _limiter;
    private GateWork? _oldestRunning;
    private GateWork? _newestRunning;
    private bool _timeoutScheduled;
    private int _impatient;
    private TimeSpan _wake = TimeSpan.MaxValue;

    public string Name { get; } = name;

    public LimitsDefinition Limits { get; private set; } = LimitsDefinition.Default;

    public RetryDefinition Retry { get; private set; } = RetryDefinition.Default;

    public AfterDead AfterDead { get; private set; }

    public CircuitBreaker Breaker { get; } = new(BreakerDefinition.Default);

    public int Running { get; private set; }

    public int Waiting => _ready.Count + _loaded.Count;

    /// <summary>Deliveries that wait for the time of their next attempt.</summary>
    public int Delayed { get; set; }

    /// <summary>It stands in the dispatcher's ring.</summary>
    public bool InRing { get; set; }

    public GateWork? OldestRunning => _oldestRunning;

    public void Configure(LimitsDefinition limits, RetryDefinition retry, BreakerDefinition breaker, AfterDead afterDead)
    {
        if (limits.Rate != _limiter?.Definition) _limiter = limits.Rate is { } rate ? new RateLimiter(rate) : null;
        Limits = limits;
        Retry = retry;
        Breaker.Definition = breaker;
        AfterDead = afterDead;
    }

    public void Add(GateWork work)
    {
        work.Gate = this;
        _ready.Add(work);
        if (work.IsImpatient) _impatient++;
    }

    /// <summary>Work whose body was read back: it had its turn already.</summary>
    public void AddLoaded(GateWork work) => _loaded.Add(work);

    /// <summary>Bodies are being read for it; one read at a time.</summary>
    public bool Loading { get; set; }

    /// <summary>The next work that has to have its body read before it can start, taken out; null when the next one is ready as it is.</summary>
    public GateWork? TakeUnloaded()
    {
        PassOver();
        return _ready.First is { NeedsBody: true } ? _ready.Take() : null;
    }

    /// <summary>Takes the next work when the limits allow; otherwise sees to being woken when they do.</summary>
    public GateWork? TryTake(TimeSpan now)
    {
        PassOver();
        if (Running >= Limits.Concurrency || (_loaded.First ?? _ready.First) is not { } next || (_loaded.Count == 0 && next.NeedsBody)) return null;
        if (!Breaker.TryEnter(now, out var probe))
        {
            if (Breaker.State != BreakerState.Open) return null;
            if (_impatient > 0) DismissImpatient(Breaker.Until - now);
            WakeAt(Breaker.Until);
            return null;
        }

        if (_limiter is not null && !_limiter.TryTake(now, out var wait))
        {
            Breaker.Abandoned(probe);
            WakeAt(now + wait);
            return null;
        }

        var work = _loaded.Count > 0 ? _loaded.Take() : _ready.Take();
        work.Probe = probe;
        if (work.IsImpatient) _impatient--;
        Enter(work, now);
        return work;
    }

    /// <summary>Counts work as running.</summary>
    public void Enter(GateWork work, TimeSpan now)
    {
        work.Gate = this;
        work.IsRunning = true;
        work.TimedOut = false;
        work.Cancellation = dispatcher.TakeCancellation();
        Running++;
        work.EarlierRunning = _newestRunning;
        if (_newestRunning is null) _oldestRunning = work;
        else _newestRunning.LaterRunning = work;
        _newestRunning = work;
        if (Limits.Timeout == Timeout.InfiniteTimeSpan)
        {
            work.Deadline = TimeSpan.MaxValue;
            return;
        }

        work.Deadline = now + Limits.Timeout;
        if (_timeoutScheduled) return;
        // One entry watches all attempts of the gate; it follows the oldest, so that fast attempts cost no timer at all.
        _timeoutScheduled = true;
        dispatcher.Timers.Schedule(new TimeoutWatch(this, dispatcher), work.Deadline);
    }

    public void Leave(GateWork work)
    {
        Running--;
        work.IsRunning = false;
        if (work.EarlierRunning is { } earlier) earlier.LaterRunning = work.LaterRunning;
        else _oldestRunning = work.LaterRunning;
        if (work.LaterRunning is { } later) later.EarlierRunning = work.EarlierRunning;
        else _newestRunning = work.EarlierRunning;
        work.EarlierRunning = work.LaterRunning = null;
        dispatcher.GiveBack(work);
    }

    public void Due(TimeSpan now)
    {
        _wake = TimeSpan.MaxValue;
        dispatcher.Ready(this);
    }

    /// <summary>Requests hold a place among the pipelines of the whole hub: one that is down must not keep it from the others.</summary>
    private void DismissImpatient(TimeSpan wait)
    {
        for (var left = _ready.Count; left > 0; left--)
        {
            var work = _ready.Take();
            if (work.IsImpatient) work.Dismissed(wait);
            else _ready.Add(work);
        }

        _impatient = 0;
    }

    private void PassOver()
    {
        while (_loaded.First is { IsDropped: true }) _loaded.Take();
        while (_ready.First is { IsDropped: true })
        {
            if (_ready.Take().IsImpatient) _impatient--;
        }
    }

    private void WakeAt(TimeSpan due)
    {
        if (due >= _wake) return;
        _wake = due;
        dispatcher.Timers.Schedule(this, due);
    }

    private sealed class TimeoutWatch(Gate gate, Dispatcher dispatcher) : ITimed
    {
        public void Due(TimeSpan now)
        {
            var next = TimeSpan.MaxValue;
            for (var work = gate._oldestRunning; work is not null; work = work.LaterRunning)
            {
                if (work.TimedOut) continue;
                if (work.Deadline <= now)
                {
                    work.TimedOut = true;
                    dispatcher.Overdue(work);
                }
                else if (work.Deadline < next) next = work.Deadline;
            }

            gate._timeoutScheduled = next < TimeSpan.MaxValue;
            if (gate._timeoutScheduled) dispatcher.Timers.Schedule(this, next);
        }
    }
}
