using Hub.Abstractions.Connectors;
using Mappings.Yaml;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Runtime;

/// <summary>What a connector is to open for a system: its settings and its endpoints.</summary>
/// <param name="Connector">The kind.</param>
/// <param name="Settings">The connector's keys of the system file.</param>
/// <param name="Endpoints">The system's endpoints.</param>
/// <param name="Fingerprint">Equal when everything the connection was opened with is equal: a reload keeps it open then.</param>
public sealed record ConnectionDefinition(
    IConnector Connector, SpecValue Settings, IReadOnlyList<EndpointDefinition> Endpoints, string Fingerprint)
{
    /// <summary>What the connector is opened with.</summary>
    internal SystemContext Context(string system, string configurationFolder, string dataFolder, TimeProvider clock, Random random, ILoggerFactory loggers) => new()
    {
        Name = system,
        Settings = Settings,
        Endpoints = [.. Endpoints.Select(e => e.Context)],
        ConfigurationFolder = configurationFolder,
        DataFolder = dataFolder,
        Clock = clock,
        Random = random,
        Logger = loggers.CreateLogger($"ConnectorHub.Systems.{system}"),
    };
}
