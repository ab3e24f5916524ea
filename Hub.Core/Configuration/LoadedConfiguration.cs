using Mappings.Diagnostics;
using Mappings.Layouts;

namespace Hub.Core.Configuration;

/// <summary>
/// What one load gave. With errors it holds what could be read, so that mappings can be checked beside a broken
/// system file; only one without errors may run.
/// </summary>
public sealed record LoadedConfiguration
{
    /// <summary>hub.yaml; its defaults when the file could not be read.</summary>
    public required HubConfig Hub { get; init; }

    public required IReadOnlyDictionary<string, SystemConfig> Systems { get; init; }

    public required IReadOnlyDictionary<string, ContractConfig> Contracts { get; init; }

    /// <summary>The layouts that could be read, by name.</summary>
    public required IReadOnlyDictionary<string, LayoutDefinition> Layouts { get; init; }

    public required IReadOnlyDictionary<string, LookupConfig> Lookups { get; init; }

    public required IReadOnlyDictionary<string, MappingConfig> Mappings { get; init; }

    public required IReadOnlyDictionary<string, PipelineConfig> Pipelines { get; init; }

    /// <summary>The name of the environment whose overlay was applied; null for none.</summary>
    public required string? Environment { get; init; }

    /// <summary>Content hash of all files that were read and the environment's name: 12 hex digits. Values of references are not in it.</summary>
    public required string Revision { get; init; }

    /// <summary>Content hash of each file that was read, by path.</summary>
    public required IReadOnlyDictionary<string, string> FileRevisions { get; init; }

    /// <summary>All findings, by file and line.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public bool IsValid => !Findings.Any(f => f.Severity == Severity.Error);

    /// <summary>An endpoint by <c>system.endpoint</c>; null when there is none.</summary>
    public EndpointConfig? Endpoint(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Systems.TryGetValue(name[..dot], out var system) ? system.Endpoints.GetValueOrDefault(name[(dot + 1)..]) : null;
    }
}
