using Mappings.Yaml;

namespace Hub.Abstractions.Connectors;

/// <summary>What a connector is called, what can be set, and what its endpoints can do.</summary>
/// <param name="Kind">The word after <c>connector:</c>.</param>
/// <param name="System">The keys of a system file that belong to this connector, beside those every system has.</param>
/// <param name="Endpoint">The keys of one endpoint that belong to this connector, beside those every endpoint has (format, encoding …).</param>
/// <param name="Abilities">What its endpoints can do.</param>
public sealed record ConnectorSpec(string Kind, ObjectSpec System, ObjectSpec Endpoint, ConnectorAbilities Abilities);
