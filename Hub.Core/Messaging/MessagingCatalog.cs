using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Messaging;

/// <summary>
/// The handlers and sagas of a hub, registered in its composition root. An endpoint named here is declared by a system of
/// <c>connector: messaging</c>, whose <c>retry</c> says how often a handler that throws is called again. What does not fit
/// together is found when the configuration is compiled, all of it at once (SAG860 to SAG869).
/// </summary>
public sealed class MessagingCatalog : IMessagingSource
{
    private readonly List<EndpointRegistration> _endpoints = [];
    private readonly List<(Type Type, string Destination)> _routes = [];
    private readonly List<(Type Type, string Destination)> _publications = [];
    private readonly List<(Type Type, string Name)> _names = [];

    /// <summary>How messages and sagas' data are written and read; by default with camelCase names, enums as texts, and unknown members ignored.</summary>
    public JsonSerializerOptions Json { get; init; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    internal IReadOnlyList<EndpointRegistration> Endpoints => _endpoints;

    internal IReadOnlyList<(Type Type, string Destination)> Routes => _routes;

    internal IReadOnlyList<(Type Type, string Destination)> Publications => _publications;

    internal IReadOnlyList<(Type Type, string Name)> Names => _names;

    /// <summary>The registrations of one endpoint; asked for again, the same.</summary>
    /// <param name="name"><c>system.endpoint</c></param>
    public EndpointRegistration Endpoint(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_endpoints.Find(e => e.Name == name) is { } known) return known;
        var endpoint = new EndpointRegistration(name);
        _endpoints.Add(endpoint);
        return endpoint;
    }

    /// <summary>Where messages of a type are sent when nothing else is said.</summary>
    /// <param name="destination"><c>system.endpoint</c>, of any connector that can send.</param>
    public MessagingCatalog RouteToEndpoint<T>(string destination)
    {
        _routes.Add((typeof(T), destination));
        return this;
    }

    /// <summary>Subscribes an endpoint of another system to events of a type. Endpoints with a handler subscribe by having it.</summary>
    /// <param name="destination"><c>system.endpoint</c>, of any connector that can send.</param>
    public MessagingCatalog PublishTo<T>(string destination)
    {
        _publications.Add((typeof(T), destination));
        return this;
    }

    /// <summary>The type's name between systems (CloudEvents <c>type</c>); by default its full name in .NET.</summary>
    public MessagingCatalog MessageType<T>(string name)
    {
        _names.Add((typeof(T), name));
        return this;
    }

    MessagingCatalog IMessagingSource.Open(IReadOnlyList<SpecItem> extensions, Findings findings) => this;
}
