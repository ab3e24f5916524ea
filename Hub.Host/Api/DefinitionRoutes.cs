using System.Collections.Concurrent;
using System.Text;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Hub.Core.Runtime;

namespace Hub.Host.Api;

/// <summary>The HTTP routes of the configuration in force; made once for each endpoint and configuration.</summary>
internal sealed class DefinitionRoutes(HubEngine engine) : IIngressRoutes
{
    private volatile RouteTable? _table;

    public IngressRoute? Find(string system, string endpoint)
    {
        if (engine.Definition is not { } definition) return null;
        var table = _table;
        if (table is null || !ReferenceEquals(table.Definition, definition)) _table = table = new RouteTable(definition);
        return table.Routes.GetOrAdd(new EndpointName(system, endpoint), table.Make);
    }

    private sealed class RouteTable(HubDefinition definition)
    {
        public HubDefinition Definition { get; } = definition;

        public ConcurrentDictionary<EndpointName, IngressRoute?> Routes { get; } = new();

        public IngressRoute? Make(EndpointName name)
        {
            if (Definition.Endpoint(name) is not { } endpoint || !endpoint.Abilities.HasFlag(ConnectorAbilities.ReceiveHttp)) return null;
            var key = Definition.Systems.First(system => system.Name == name.System).ApiKey;
            return new IngressRoute(
                name, endpoint.Format.Format.ToString().ToLowerInvariant(), key is null ? null : Encoding.UTF8.GetBytes(key), Definition.MaxBody,
                endpoint.ClaimCheck is { } check ? Math.Min(check.Over, Definition.MaxBody) : null, endpoint.ClaimCheck?.Max ?? 0);
        }
    }
}
