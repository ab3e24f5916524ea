using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>A place of a system that pipelines name.</summary>
/// <param name="Name">Name in its system: <c>deals</c> of <c>crm.deals</c>.</param>
/// <param name="Fields">All fields, also those that its connector defines.</param>
/// <param name="Format">How its bytes are read and written.</param>
/// <param name="ClaimCheck">Which payloads are kept apart from their message; null for none.</param>
/// <param name="At">Place of the name.</param>
public sealed record EndpointConfig(string Name, SpecValue Fields, FormatOptions Format, ClaimCheckConfig? ClaimCheck, SourcePosition At);
