using Hub.Core.Configuration;
using Hub.Core.Delivery;

namespace Hub.Core.Runtime;

/// <summary>One system, compiled.</summary>
public sealed record SystemDefinition
{
    public required string Name { get; init; }

    /// <summary>What its connector is to open.</summary>
    public required ConnectionDefinition Connection { get; init; }

    public LimitsDefinition Limits { get; init; } = LimitsDefinition.Default;

    public RetryDefinition Retry { get; init; } = RetryDefinition.Default;

    public BreakerDefinition Breaker { get; init; } = BreakerDefinition.Default;

    public AfterDead AfterDead { get; init; }

    /// <summary>What callers of the HTTP ingress must send; null for nothing. Secret.</summary>
    public string? ApiKey { get; init; }
}
