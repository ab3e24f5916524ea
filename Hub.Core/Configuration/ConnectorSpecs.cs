using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What a kind of connector adds to the fields that every system has.</summary>
/// <param name="Kind">The word behind <c>connector:</c>.</param>
/// <param name="Description">One English sentence for the documentation.</param>
/// <param name="SystemFields">Fields of the system, beside those that all systems have.</param>
/// <param name="Endpoint">The fields of an endpoint.</param>
public sealed record ConnectorSpecs(string Kind, string Description, IReadOnlyList<FieldSpec> SystemFields, ObjectSpec Endpoint);
