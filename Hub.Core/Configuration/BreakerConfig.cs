namespace Hub.Core.Configuration;

/// <summary>When a failing system is left alone.</summary>
/// <param name="Failures">Failures in a row that open the breaker.</param>
/// <param name="Open">How long no attempt is made then.</param>
public sealed record BreakerConfig(int Failures, TimeSpan Open);
