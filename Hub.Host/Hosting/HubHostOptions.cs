using Hub.Core.Messaging;
using Hub.Core.Pipelines;

namespace Hub.Host.Hosting;

/// <summary>What a hub is started with from the command line.</summary>
internal sealed record HubHostOptions
{
    /// <summary>The configuration folder.</summary>
    public required string ConfigurationFolder { get; init; }

    /// <summary>The overlay; null for none.</summary>
    public string? Environment { get; init; }

    /// <summary>Instead of the data folder of hub.yaml; null to take that.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Instead of the ingress address of hub.yaml; null to take that.</summary>
    public string? Address { get; init; }

    /// <summary>Finds the typed maps of a configuration folder; null for those of its <c>extensions</c> alone.</summary>
    public Func<string, ITypedMapSource>? TypedMaps { get; init; }

    /// <summary>What time it is; null for the system's clock.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>The sagas and handlers of the program; null for those of its <c>extensions</c>.</summary>
    public IMessagingSource? Messaging { get; init; }

    /// <summary>Takes up changed files while it runs.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Logs warnings and above to standard error.</summary>
    public bool Log { get; init; } = true;
}
