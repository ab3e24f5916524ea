using System.Collections.Frozen;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Hub.Core.Messaging;

/// <summary>The compiled registrations: names of types, and where they go. Immutable.</summary>
internal sealed class MessagingDefinition
{
    private readonly FrozenDictionary<Type, string> _names;
    private readonly FrozenDictionary<Type, EndpointName[]> _destinations;
    private readonly FrozenDictionary<Type, EndpointName[]> _subscribers;
    private readonly FrozenSet<EndpointName> _sendable;

    public MessagingDefinition(
        string revision, JsonSerializerOptions json, IReadOnlyDictionary<Type, string> names, IReadOnlyDictionary<Type, EndpointName[]> destinations,
        IReadOnlyDictionary<Type, EndpointName[]> subscribers, IEnumerable<EndpointName> sendable)
    {
        Revision = revision;
        Json = json;
        _names = names.ToFrozenDictionary();
        _destinations = destinations.ToFrozenDictionary();
        _subscribers = subscribers.ToFrozenDictionary();
        _sendable = sendable.ToFrozenSet();
    }

    /// <summary>Content hash of the configuration.</summary>
    public string Revision { get; }

    public JsonSerializerOptions Json { get; }

    /// <summary>What the type is called between systems.</summary>
    public string NameOf(Type type) => _names.TryGetValue(type, out var name) ? name : type.FullName ?? type.Name;

    /// <summary>The endpoint that a type is sent to.</summary>
    /// <exception cref="PermanentException">None, or several: SAG858.</exception>
    public EndpointName DestinationOf(Type type)
    {
        var known = _destinations.GetValueOrDefault(type) ?? [];
        if (known is [var only]) return only;
        throw Nowhere(type, known.Length == 0 ? "none" : string.Join(", ", known));
    }

    /// <summary>An endpoint by its name.</summary>
    /// <exception cref="PermanentException">It cannot be sent to: SAG858.</exception>
    public EndpointName Destination(Type type, string name) =>
        EndpointName.TryParse(name, out var endpoint) && _sendable.Contains(endpoint) ? endpoint : throw Nowhere(type, name);

    /// <summary>The endpoints that want events of a type.</summary>
    public IReadOnlyList<EndpointName> SubscribersOf(Type type) => _subscribers.GetValueOrDefault(type) ?? [];

    private PermanentException Nowhere(Type type, string found) =>
        new(Finding.Error("SAG858", SourcePosition.None, string.Empty, ("type", NameOf(type)), ("found", found)));
}
