namespace Hub.Core.Delivery;

/// <summary>
/// Closed, open after a number of transient failures in a row, half-open with one probe after the pause. Times are
/// monotonic. Not synchronised: the caller holds the dispatcher's lock.
/// </summary>
internal sealed class CircuitBreaker(BreakerDefinition definition)
{
    private int _failures;
    private bool _probing;
    private TimeSpan _until;

    public BreakerDefinition Definition { get; set; } = definition;

    public BreakerState State { get; private set; }

    /// <summary>When an open breaker lets the next probe through.</summary>
    public TimeSpan Until => _until;

    /// <summary>Whether something could go out now.</summary>
    public bool IsPassable(TimeSpan now) => State == BreakerState.Closed || (!_probing && now >= _until);

    /// <summary>Asks to attempt something now.</summary>
    /// <param name="now">Now.</param>
    /// <param name="probe">True when this is the one probe; its end must be reported with the same mark.</param>
    public bool TryEnter(TimeSpan now, out bool probe)
    {
        probe = false;
        if (State == BreakerState.Closed) return true;
        if (!IsPassable(now)) return false;
        State = BreakerState.HalfOpen;
        _probing = true;
        probe = true;
        return true;
    }

    /// <summary>The target answered, be it with a refusal: it is there.</summary>
    public void Answered(bool probe)
    {
        // What was sent before the breaker opened proves nothing about now.
        if (State != BreakerState.Closed && !probe) return;
        State = BreakerState.Closed;
        _failures = 0;
        _probing = false;
    }

    /// <summary>The target was away, too slow or limiting.</summary>
    /// <returns>True when this failure opened the breaker.</returns>
    public bool Failed(bool probe, TimeSpan now)
    {
        if (State != BreakerState.Closed && !probe) return false;
        _probing = false;
        if (State == BreakerState.Closed && ++_failures < Definition.Failures) return false;
        State = BreakerState.Open;
        _failures = 0;
        _until = now + Definition.Open;
        return true;
    }

    /// <summary>The probe ended without an answer either way (the hub stops): the next attempt is a probe again.</summary>
    public void Abandoned(bool probe)
    {
        if (!probe) return;
        _probing = false;
        State = BreakerState.Open;
    }
}
