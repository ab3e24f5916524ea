using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>How much a system bears.</summary>
/// <param name="Rate">Most deliveries in a time; null when there is no limit.</param>
/// <param name="Concurrency">Deliveries at the same time.</param>
/// <param name="Timeout">Longest time of one attempt.</param>
public sealed record SystemLimitsConfig(Rate? Rate, int Concurrency, TimeSpan Timeout);
