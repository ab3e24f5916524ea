using Hub.Abstractions.Connectors;
using Mappings.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Core.Runtime;

/// <summary>
/// Opens what a definition would open and closes it again, so that what a connector refuses at the start is refused by
/// <c>hub validate</c> and by a reload before it. Opening touches nothing outside.
/// </summary>
public static class ConnectionCheck
{
    /// <summary>Checks every system.</summary>
    /// <param name="connectors">Connectors of their own, so that no running system is touched.</param>
    /// <param name="configurationFolder">Where files that settings name are read from.</param>
    /// <param name="findings">Receives what is refused.</param>
    public static void Run(HubDefinition definition, IReadOnlyList<IConnector> connectors, string configurationFolder, TimeProvider clock, Random random, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(findings);
        foreach (var system in definition.Systems)
        {
            var connection = system.Connection;
            // What the hub brings itself is stateless and touches nothing.
            var connector = connectors.FirstOrDefault(c => c.Spec.Kind == connection.Connector.Spec.Kind) ?? connection.Connector;
            Check(connector, connection, connection.Context(system.Name, configurationFolder, ".", clock, random, NullLoggerFactory.Instance), findings);
        }
    }

    private static void Check(IConnector connector, ConnectionDefinition connection, SystemContext context, Findings findings)
    {
        ISystemConnection? opened = null;
        try
        {
            opened = connector.Open(context);
            foreach (var endpoint in connection.Endpoints)
            {
                if (endpoint.IsSentTo) Try(() => opened.OpenSender(endpoint.Context), findings);
                if (endpoint.IsAsked) Try(() => opened.OpenRequester(endpoint.Context), findings);
            }
        }
        catch (MappingException refused)
        {
            findings.AddRange(refused.Findings);
        }
        finally
        {
            // Nothing was sent, so there is nothing to wait for.
            opened?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static void Try(Func<object> open, Findings findings)
    {
        try
        {
            open();
        }
        catch (MappingException refused)
        {
            findings.AddRange(refused.Findings);
        }
    }
}
