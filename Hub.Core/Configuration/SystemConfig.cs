using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What systems/NAME.yaml says, with the environment laid over it.</summary>
/// <param name="Connector">The kind of connector.</param>
/// <param name="Fields">All fields of the file, also those that the connector defines.</param>
/// <param name="Endpoints">By name, in the order of the file.</param>
public sealed record SystemConfig(
    string Name,
    string Connector,
    SpecValue Fields,
    IReadOnlyDictionary<string, EndpointConfig> Endpoints,
    SystemLimitsConfig Limits,
    RetryConfig Retry,
    BreakerConfig Breaker,
    AfterDead AfterDead,
    SourcePosition At);
