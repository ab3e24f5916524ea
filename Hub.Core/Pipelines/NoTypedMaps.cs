using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Pipelines;

/// <summary>A program without typed maps.</summary>
internal sealed class NoTypedMaps : ITypedMaps
{
    public static NoTypedMaps Instance { get; } = new();

    public IReadOnlyCollection<string> Names => [];

    public IDocumentMapping? Find(SpecItem profile, SpecItem? source, SpecItem? target, Findings findings) => throw new InvalidOperationException("There is no profile to find.");
}
