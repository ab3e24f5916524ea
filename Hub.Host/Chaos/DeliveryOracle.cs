namespace Hub.Host.Chaos;

/// <summary>
/// Counts from outside the hub: what its senders were told is accepted, and what its targets saw. It asks the hub nothing.
/// </summary>
internal sealed class DeliveryOracle
{
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly Dictionary<string, ChaosLane> _lanes;
    private int _acceptances;
    private int _wanted = int.MaxValue;
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DeliveryOracle(TimeProvider clock, IEnumerable<string> routes, int lanes)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _lanes = routes
            .SelectMany(route => Enumerable.Range(1, lanes).Select(lane => new ChaosLane(route, $"{route}-{lane:D2}")))
            .ToDictionary(lane => lane.Key, StringComparer.Ordinal);
    }

    public IReadOnlyCollection<ChaosLane> Lanes => _lanes.Values;

    public FaultWindows Faults { get; } = new();

    /// <summary>Monotonic time since the oracle was made.</summary>
    public TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <summary>The sender of a message was told that it is accepted.</summary>
    public void Accepted(ChaosLane lane, int number)
    {
        lane.Accept(number);
        if (Interlocked.Increment(ref _acceptances) >= Volatile.Read(ref _wanted)) Volatile.Read(ref _reached).TrySetResult();
    }

    /// <summary>A message is at its target.</summary>
    /// <returns>False for a key that nobody sends.</returns>
    public bool Arrived(string key, int number, string idempotencyKey)
    {
        if (number < 1 || !_lanes.TryGetValue(key, out var lane)) return false;
        lane.Arrive(number, idempotencyKey, Now, Faults);
        return true;
    }

    /// <summary>Completes when so many messages more are accepted: a random moment without a clock.</summary>
    public Task AcceptancesAsync(int more)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _reached, reached);
        Volatile.Write(ref _wanted, Volatile.Read(ref _acceptances) + more);
        return reached.Task;
    }

    public OracleCount Count()
    {
        var since = Now - FaultWindows.Before;
        return _lanes.Values.Aggregate(new OracleCount(), (sum, lane) => sum + lane.Count(since));
    }

    /// <summary>What is accepted now, to be looked for later.</summary>
    public IReadOnlyDictionary<ChaosLane, int> Snapshot() => _lanes.Values.ToDictionary(lane => lane, lane => lane.Accepted);

    /// <summary>Completes when all of a snapshot has arrived.</summary>
    public static Task ArrivalAsync(IReadOnlyDictionary<ChaosLane, int> snapshot, CancellationToken cancellationToken) =>
        Task.WhenAll(snapshot.Select(entry => entry.Key.WaitForArrivalAsync(entry.Value, cancellationToken)));

    /// <summary>How many messages of a snapshot have not arrived.</summary>
    public static long Missing(IReadOnlyDictionary<ChaosLane, int> snapshot) => snapshot.Sum(entry => (long)entry.Key.MissingOf(entry.Value));
}
