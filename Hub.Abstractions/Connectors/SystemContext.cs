using Mappings.Yaml;
using Microsoft.Extensions.Logging;

namespace Hub.Abstractions.Connectors;

/// <summary>What a connector gets to open a system with.</summary>
public sealed record SystemContext
{
    /// <summary>The system's name.</summary>
    public required string Name { get; init; }

    /// <summary>The connector's keys of the system file, checked and with references resolved.</summary>
    public required SpecValue Settings { get; init; }

    /// <summary>The endpoints the system declares.</summary>
    public required IReadOnlyList<EndpointContext> Endpoints { get; init; }

    /// <summary>The configuration folder: relative paths in settings that name files to read start here.</summary>
    public required string ConfigurationFolder { get; init; }

    /// <summary>The hub's data folder: relative paths in settings that name files to write or to watch start here.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Time, for everything that waits.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Chance, for everything that draws lots.</summary>
    public required Random Random { get; init; }

    /// <summary>The log of this system.</summary>
    public required ILogger Logger { get; init; }
}
