namespace Tests.Nodes;

/// <summary>The machine's clock with another time of day: nodes whose clocks are minutes apart.</summary>
internal sealed class SkewedClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
