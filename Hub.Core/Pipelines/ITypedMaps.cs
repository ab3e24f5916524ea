using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Pipelines;

/// <summary>Maps that developers write in C#, by the name of their profile; what <c>map: { profile: … }</c> names.</summary>
public interface ITypedMaps
{
    /// <summary>The names of all profiles.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>The map of a profile that <see cref="Names"/> has.</summary>
    /// <param name="profile">The profile's name.</param>
    /// <param name="source">The type records are read into; null when the profile has one map only.</param>
    /// <param name="target">The type documents are written from; null when the profile has one map only.</param>
    /// <param name="findings">Receives what is wrong: the profile itself, or a type that it does not map.</param>
    /// <returns>The map, or null when there is an error.</returns>
    IDocumentMapping? Find(SpecItem profile, SpecItem? source, SpecItem? target, Findings findings);
}
