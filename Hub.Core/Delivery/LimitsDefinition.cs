using Mappings.Yaml;

namespace Hub.Core.Delivery;

/// <summary>How much a system is asked at once.</summary>
/// <param name="Rate">Attempts in a period; null for no limit, the default.</param>
/// <param name="Concurrency">Attempts at the same time; default 4.</param>
/// <param name="Timeout">How long one attempt may take; default 30 s.</param>
public sealed record LimitsDefinition(Rate? Rate, int Concurrency, TimeSpan Timeout)
{
    public static LimitsDefinition Default { get; } = new(null, 4, TimeSpan.FromSeconds(30));
}
