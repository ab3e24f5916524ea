using Mappings.Diagnostics;
using Mappings.Layouts;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What the readers of one load share.</summary>
/// <param name="Names">Collects the names that must exist somewhere.</param>
internal sealed record LoadContext(ConfigurationSpecs Specs, IReferenceSource References, Findings Findings, KnownNames Known, List<SpecItem> Names)
{
    /// <summary>What one message may cost, from hub.yaml.</summary>
    public required LimitsConfig Limits { get; init; }

    /// <summary>The layouts that could be read, by name; endpoints name them.</summary>
    public required IReadOnlyDictionary<string, LayoutDefinition> Layouts { get; init; }
}
