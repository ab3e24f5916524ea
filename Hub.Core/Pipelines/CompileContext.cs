using Hub.Abstractions.Messages;
using Mappings.Contracts;
using Mappings.Formats;

namespace Hub.Core.Pipelines;

/// <summary>
/// What a pipeline is compiled against: everything else of the same configuration, compiled. An entry without a value
/// is configured but did not compile; a pipeline that names it does not compile either, and says nothing more about it.
/// </summary>
public sealed record CompileContext
{
    /// <summary>Content hash of the configuration.</summary>
    public required string Revision { get; init; }

    /// <summary>Measures steps and ages cached answers.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>All endpoints, with the format of what they send.</summary>
    public required IReadOnlyDictionary<EndpointName, FormatOptions> Endpoints { get; init; }

    public IReadOnlyDictionary<string, IDocumentMapping?> Mappings { get; init; } = new Dictionary<string, IDocumentMapping?>();

    /// <summary>The maps written in C#.</summary>
    public ITypedMaps TypedMaps { get; init; } = NoTypedMaps.Instance;

    public IReadOnlyDictionary<string, ContractDefinition?> Contracts { get; init; } = new Dictionary<string, ContractDefinition?>();
}
