using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Pipelines;

/// <summary>Finds the profiles of a configuration: those of the program and those of its <c>extensions</c>.</summary>
public interface ITypedMapSource
{
    /// <param name="extensions">The assemblies that hub.yaml names.</param>
    /// <param name="findings">Receives what cannot be loaded.</param>
    ITypedMaps Open(IReadOnlyList<SpecItem> extensions, Findings findings);
}
