namespace Hub.Core.Delivery;

/// <summary>When a system that keeps failing is left alone.</summary>
/// <param name="Failures">Transient failures in a row that open the breaker; default 5.</param>
/// <param name="Open">How long nothing is attempted before one probe goes out; default 1 min.</param>
public sealed record BreakerDefinition(int Failures, TimeSpan Open)
{
    public static BreakerDefinition Default { get; } = new(5, TimeSpan.FromMinutes(1));
}
