namespace Hub.Host.Chaos;

/// <summary>What a fault has to do with.</summary>
internal sealed class ChaosScene(DeliveryOracle oracle, NodeSet nodes, TimeProvider clock, Random random)
{
    public DeliveryOracle Oracle { get; } = oracle;

    public NodeSet Nodes { get; } = nodes;

    public TimeProvider Clock { get; } = clock;

    public Random Random { get; } = random;

    /// <summary>What was under way when the last fault began; null before the first.</summary>
    public FaultMoment? Moment { get; private set; }

    /// <summary>The fault begins now: what is in flight is counted, and may arrive twice.</summary>
    public void Begin()
    {
        var now = Oracle.Now;
        Oracle.Faults.Begin(now);
        var count = Oracle.Count();
        Moment = new FaultMoment(count.Missing, count.Missing + count.Unsettled, Oracle.Snapshot());
    }

    /// <summary>The fault is over.</summary>
    public void End() => Oracle.Faults.End(Oracle.Now);

    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, Clock, cancellationToken);
}
