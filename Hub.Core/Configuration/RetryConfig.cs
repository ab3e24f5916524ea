namespace Hub.Core.Configuration;

/// <summary>When a failed delivery is tried again.</summary>
/// <param name="Immediate">Attempts at once after the first.</param>
/// <param name="Delayed">Waits before the attempts after those, ascending.</param>
/// <param name="Jitter">How far a wait may vary by chance, as a share: 20% is 0.2.</param>
public sealed record RetryConfig(int Immediate, IReadOnlyList<TimeSpan> Delayed, decimal Jitter);
