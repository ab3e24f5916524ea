using Hub.Abstractions.Messages;
using Mappings.Formats;
using Mappings.Yaml;

namespace Hub.Abstractions.Connectors;

/// <summary>What a connector gets for one endpoint.</summary>
public sealed record EndpointContext
{
    /// <summary><c>system.endpoint</c></summary>
    public required EndpointName Name { get; init; }

    /// <summary>The connector's keys of the endpoint, checked and with references resolved.</summary>
    public required SpecValue Settings { get; init; }

    /// <summary>How bytes of this endpoint are read and written.</summary>
    public required FormatOptions Format { get; init; }
}
