namespace Connectors.Sandbox;

/// <summary>How a sandbox system behaves towards the hub.</summary>
/// <param name="Latency">How long each write and each question takes.</param>
/// <param name="Fail">The share, 0 to 1, of writes and questions that fail in passing.</param>
/// <param name="Down">The system cannot be reached.</param>
public sealed record SandboxBehavior(TimeSpan Latency, double Fail, bool Down)
{
    /// <summary>At once, always, and there.</summary>
    public static SandboxBehavior Good { get; } = new(TimeSpan.Zero, 0, false);
}
