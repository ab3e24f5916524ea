using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>A place of a system that pipelines name.</summary>
/// <param name="Name">Name in its system: <c>deals</c> of <c>crm.deals</c>.</param>
/// <param name="Fields">The fields that its connector defines.</param>
/// <param name="At">Place of the name.</param>
public sealed record EndpointConfig(string Name, SpecValue Fields, SourcePosition At);
