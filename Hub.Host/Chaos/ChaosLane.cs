namespace Hub.Host.Chaos;

/// <summary>
/// The numbered messages of one key on one route, as seen from outside the hub. A sender sends number n + 1 only when n was
/// accepted, so "accepted" is one number; arrivals may repeat, and are remembered one by one.
/// </summary>
internal sealed class ChaosLane(string route, string key)
{
    private readonly Lock _lock = new();
    private readonly List<Arrival> _arrivals = [];
    private TaskCompletionSource? _changed;
    private int _accepted;
    private int _distinct;
    private int _highest;
    private int _repeats;
    private int _disorder;
    private int _otherKeys;
    private int _beyond;

    /// <summary>The first arrival of a number.</summary>
    /// <param name="At">In monotonic time; negative while it has not arrived.</param>
    /// <param name="IdempotencyKey">A hash of it: what an idempotent target would have kept.</param>
    private readonly record struct Arrival(TimeSpan At, int IdempotencyKey)
    {
        public bool HasArrived => At >= TimeSpan.Zero;
    }

    public string Route { get; } = route;

    public string Key { get; } = key;

    /// <summary>1 to this were accepted.</summary>
    public int Accepted
    {
        get
        {
            lock (_lock) return _accepted;
        }
    }

    public void Accept(int number)
    {
        lock (_lock) _accepted = Math.Max(_accepted, number);
    }

    /// <summary>A message reached its target.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="idempotencyKey">As it came with the message.</param>
    /// <param name="at">When, in the time of <see cref="FaultWindows"/>.</param>
    /// <param name="faults">The faults so far: a repeat of what was not in flight at one of them is beyond the bound.</param>
    public void Arrive(int number, string idempotencyKey, TimeSpan at, FaultWindows faults)
    {
        lock (_lock)
        {
            while (_arrivals.Count < number) _arrivals.Add(new Arrival(TimeSpan.MinValue, 0));
            var hash = idempotencyKey.GetHashCode(StringComparison.Ordinal);
            var first = _arrivals[number - 1];
            if (!first.HasArrived)
            {
                _arrivals[number - 1] = new Arrival(at, hash);
                _distinct++;
                if (number < _highest) _disorder++;
                else _highest = number;
            }
            else
            {
                _repeats++;
                if (first.IdempotencyKey != hash) _otherKeys++;
                if (!faults.WasInFlight(first.At)) _beyond++;
            }

            _changed?.TrySetResult();
            _changed = null;
        }
    }

    /// <summary>Completes when less than so many messages are accepted and have not arrived.</summary>
    public async Task WaitForRoomAsync(int most, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_accepted - _distinct < most) return;
                changed = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Completes when all numbers up to one have arrived.</summary>
    public async Task WaitForArrivalAsync(int upTo, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (Missing(upTo) == 0) return;
                changed = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>How many of the numbers up to one have not arrived.</summary>
    public int MissingOf(int upTo)
    {
        lock (_lock) return Missing(upTo);
    }

    /// <summary>What is known now.</summary>
    /// <param name="since">Arrivals from here on may not have been settled when a fault strikes now.</param>
    public OracleCount Count(TimeSpan since)
    {
        lock (_lock)
        {
            var unsettled = 0;
            for (var i = _arrivals.Count - 1; i >= 0 && !(_arrivals[i].HasArrived && _arrivals[i].At < since); i--)
                if (_arrivals[i].HasArrived) unsettled++;
            var missing = Missing(_accepted);
            return new OracleCount
            {
                Accepted = _accepted,
                Delivered = _distinct,
                Missing = missing,
                Unsettled = unsettled,
                Duplicated = _repeats,
                DuplicatedBeyond = _beyond,
                DuplicatedIdempotent = _otherKeys,
                OutOfOrder = _disorder,
            };
        }
    }

    private int Missing(int upTo)
    {
        var missing = Math.Max(0, upTo - _arrivals.Count);
        if (_highest == _distinct) return Math.Max(0, upTo - _highest);
        for (var i = 0; i < Math.Min(upTo, _arrivals.Count); i++)
            if (!_arrivals[i].HasArrived) missing++;
        return missing;
    }
}
