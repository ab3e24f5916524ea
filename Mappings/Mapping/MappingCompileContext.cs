using System.Collections.Frozen;
using Mappings.Contracts;
using Mappings.Layouts;
using Mappings.Lookups;

namespace Mappings.Mapping;

/// <summary>What a mapping may refer to.</summary>
public sealed record MappingCompileContext
{
    public static MappingCompileContext Empty { get; } = new();

    /// <summary>The lookup tables by name.</summary>
    public IReadOnlyDictionary<string, LookupTable> Lookups { get; init; } = FrozenDictionary<string, LookupTable>.Empty;

    /// <summary>The contracts by name. A contract that is not here is not checked against: the reference itself is the configuration's to report.</summary>
    public IReadOnlyDictionary<string, ContractDefinition> Contracts { get; init; } = FrozenDictionary<string, ContractDefinition>.Empty;

    /// <summary>The layouts by name.</summary>
    public IReadOnlyDictionary<string, LayoutDefinition> Layouts { get; init; } = FrozenDictionary<string, LayoutDefinition>.Empty;

    /// <summary>The configured systems; null when they are not known, and names of systems are not checked.</summary>
    public IReadOnlySet<string>? Systems { get; init; }

    /// <summary>What the mappings of the configuration establish: entity, system and system; null when that is not known.</summary>
    public IReadOnlySet<(string Entity, string From, string To)>? Identities { get; init; }

    /// <summary>Variables that whoever runs the plan sets by <see cref="MappingRun.SetVariable"/>, without the dollar sign; <c>message</c> in a pipeline.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];
}
