using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What the readers of one load share.</summary>
/// <param name="Names">Collects the names that must exist somewhere.</param>
internal sealed record LoadContext(ConfigurationSpecs Specs, IReferenceSource References, Findings Findings, KnownNames Known, List<SpecItem> Names);
