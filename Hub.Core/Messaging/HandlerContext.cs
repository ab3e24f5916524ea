using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Hub.Core.Messaging;

/// <summary>Gathers what a handler sends. Bodies and headers are made when it is sent: what the handler does to its objects afterwards changes nothing.</summary>
/// <param name="endpoint">Where the work is done.</param>
/// <param name="key">The saga's key; empty for handlers.</param>
/// <param name="isSaga">Replies are to find the saga again.</param>
internal sealed class HandlerContext(
    IncomingEnvelope incoming, EndpointName endpoint, string key, bool isSaga, MessagingDefinition definition, TimeProvider clock, CancellationToken cancellationToken)
    : IMessageHandlerContext
{
    private readonly List<OutgoingEnvelope> _outgoing = [];

    public List<Finding> Warnings { get; } = [];

    public IReadOnlyList<OutgoingEnvelope> Outgoing => _outgoing;

    /// <summary>Whose code runs: named when it throws.</summary>
    public string Handler { get; set; } = endpoint.ToString();

    public string MessageId => incoming.Id.ToString();

    public string? ReplyToAddress => incoming.ReplyTo;

    public IReadOnlyDictionary<string, string> MessageHeaders => incoming.Headers;

    public CancellationToken CancellationToken => cancellationToken;

    public Task Send(object message, SendOptions options)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        var type = message.GetType();
        if (message is IEvent) throw new InvalidOperationException($"{type.Name} is an event: publish it.");
        var to = options switch
        {
            { ToThisEndpoint: true } => endpoint,
            { Destination: { } named } => definition.Destination(type, named),
            _ => definition.DestinationOf(type),
        };
        var due = options.NotBefore ?? (options.Delay is { } delay ? clock.GetUtcNow() + delay : null);
        Add(to, message, options.GetHeaders(), due);
        return Task.CompletedTask;
    }

    public Task Publish(object message, PublishOptions options)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        var type = message.GetType();
        if (message is ICommand) throw new InvalidOperationException($"{type.Name} is a command: send it.");
        var subscribers = definition.SubscribersOf(type);
        foreach (var subscriber in subscribers) Add(subscriber, message, options.GetHeaders(), null);
        if (subscribers.Count == 0) Warnings.Add(Finding.Warning("SAG859", SourcePosition.None, string.Empty, ("type", definition.NameOf(type))));
        return Task.CompletedTask;
    }

    public Task Reply(object message, ReplyOptions options)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        var address = incoming.ReplyTo ?? throw new InvalidOperationException("The message has no address for replies.");
        var headers = new Dictionary<string, string>(options.GetHeaders(), StringComparer.Ordinal);
        if (incoming.Headers.TryGetValue(Headers.OriginatingSagaId, out var saga)) headers.TryAdd(Headers.SagaId, saga);
        Add(definition.Destination(message.GetType(), address), message, headers, null);
        return Task.CompletedTask;
    }

    public Task ForwardCurrentMessageTo(string destination)
    {
        Forward(definition.Destination(incoming.Message.GetType(), destination));
        return Task.CompletedTask;
    }

    public Task HandleCurrentMessageLater()
    {
        Forward(endpoint);
        return Task.CompletedTask;
    }

    private void Forward(EndpointName to) => _outgoing.Add(new OutgoingEnvelope(endpoint, key, to, incoming.Body, incoming.Attributes, definition.Revision, null));

    private void Add(EndpointName to, object message, IReadOnlyDictionary<string, string> more, DateTimeOffset? due)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Headers.ConversationId] = incoming.Headers.GetValueOrDefault(Headers.ConversationId) ?? MessageId,
            [Headers.RelatedTo] = MessageId,
            [Headers.ReplyToAddress] = endpoint.ToString(),
        };
        if (isSaga) headers[Headers.OriginatingSagaId] = key;
        foreach (var (name, value) in more) headers[name] = value;
        var attributes = new MessageAttributes
        {
            Type = definition.NameOf(message.GetType()),
            Source = endpoint.ToString(),
            Time = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            TraceParent = incoming.Attributes.TraceParent,
            Headers = Headers.Write(headers),
        };
        _outgoing.Add(new OutgoingEnvelope(endpoint, key, to, Body(message), attributes, definition.Revision, due));
    }

    private byte[] Body(object message)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), definition.Json);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new PermanentException(Finding.Error("SAG866", SourcePosition.None, string.Empty, ("type", message.GetType().FullName!), ("reason", error.Message)), error);
        }
    }
}
