using Connectors.File;
using Connectors.Http;
using Connectors.RabbitMq;
using Connectors.Sandbox;
using Hub.Abstractions.Connectors;

namespace Connectors;

/// <summary>The connectors the hub comes with.</summary>
public static class ConnectorCatalog
{
    /// <summary>All connectors, by kind.</summary>
    /// <param name="sandboxes">Where sandbox systems are found once they are open; a check of a configuration brings its own, so that it touches no running one.</param>
    public static IReadOnlyList<IConnector> All(SandboxDirectory sandboxes) => [new FileConnector(), new HttpConnector(), new RabbitMqConnector(), new SandboxConnector(sandboxes)];
}
