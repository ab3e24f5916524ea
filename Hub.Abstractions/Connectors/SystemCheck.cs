using Mappings.Diagnostics;

namespace Hub.Abstractions.Connectors;

/// <summary>What a system was found to be like.</summary>
/// <param name="Findings">What is wrong with it; empty when it is fine.</param>
public sealed record SystemCheck(IReadOnlyList<Finding> Findings)
{
    /// <summary>Nothing is wrong.</summary>
    public static SystemCheck Fine { get; } = new([]);

    /// <summary>What the system says it is, such as <c>RabbitMQ 3.10.8</c>; null when it does not say.</summary>
    public string? Version { get; init; }

    /// <summary>The system's time of day when it answered; null when it does not say.</summary>
    public DateTimeOffset? Clock { get; init; }
}
