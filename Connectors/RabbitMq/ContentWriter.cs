using System.Globalization;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>Makes the message that goes to the broker: persistent, with the delivery's idempotency key as its id.</summary>
internal sealed class ContentWriter
{
    /// <summary>Bytes of a routing key and of other short texts of AMQP.</summary>
    private const int ShortText = 255;

    private readonly EndpointSettings _endpoint;
    private readonly ContentKind _content;
    private readonly OutgoingBody _body;
    private readonly TimeProvider _clock;
    private readonly string _endpointName;
    private readonly string _exchange;
    private readonly string? _routingKey;
    private readonly string? _expiration;
    private readonly string? _replyTo;
    private readonly byte? _priority;

    public ContentWriter(EndpointSettings endpoint, string endpointName, TimeProvider clock)
    {
        _endpoint = endpoint;
        _content = endpoint.Content ?? ContentKind.CloudEventsBinary;
        _body = new OutgoingBody(endpoint.Context);
        _clock = clock;
        _endpointName = endpointName;
        var settings = endpoint.Context.Settings;
        (_exchange, _routingKey) = endpoint switch
        {
            { Exchange: { } exchange } => (exchange.Name, endpoint.RoutingKey is null ? string.Empty : null),
            // The conventional topology has an exchange of the queue's name in front of it; a queue that the hub does not declare may stand alone.
            { Queue: { } queue, IsNServiceBus: true } => (queue.Name, string.Empty),
            { Queue: { } queue } => (string.Empty, queue.Name),
            _ => (NServiceBusTypes.Exchange(endpoint.MessageTypes[0]), string.Empty),
        };
        _expiration = settings.Has("expiry") ? ((long)settings.Duration("expiry").TotalMilliseconds).ToString(CultureInfo.InvariantCulture) : null;
        _priority = settings.Has("priority") ? (byte)settings.Integer("priority") : null;
        _replyTo = settings.TextOrNull("reply_to");
    }

    /// <summary>What messages are published to, for findings.</summary>
    public string Target => _exchange.Length > 0 ? _exchange : _routingKey ?? string.Empty;

    /// <exception cref="PermanentException">The message lacks what the endpoint needs of it, or does not fit its format.</exception>
    public Publication Write(OutgoingMessage message) => Write(message, _body.Convert(message.Body), _body.ContentType);

    public Publication Write(OutgoingMessage message, ReadOnlyMemory<byte> body, string contentType)
    {
        var properties = new BasicProperties { Persistent = true, MessageId = message.IdempotencyKey, ContentType = contentType };
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, template) in _endpoint.Headers) headers[name] = template.Fill(field => Value(field, message));
        if (!string.IsNullOrEmpty(message.Attributes.TraceParent)) headers["traceparent"] = message.Attributes.TraceParent;
        if (_expiration is not null) properties.Expiration = _expiration;
        if (_priority is { } priority) properties.Priority = priority;
        if (_replyTo is not null) properties.ReplyTo = _replyTo;
        switch (_content)
        {
            case ContentKind.CloudEventsBinary:
                CloudEventsBinding.WriteBinary(headers, message);
                break;
            case ContentKind.CloudEventsStructured:
                body = CloudEventsBinding.WriteStructured(message, body, contentType);
                properties.ContentType = CloudEventsBinding.StructuredType;
                break;
            case ContentKind.Plain:
                if (Short(message.Attributes.Type) is { } type) properties.Type = type;
                break;
            default:
                new NServiceBusContent(_endpoint, _endpointName, _replyTo, _clock).Write(properties, headers, message);
                break;
        }

        if (headers.Count > 0) properties.Headers = headers;
        return new Publication(_exchange, _routingKey ?? RoutingKey(message), properties, body);
    }

    private string RoutingKey(OutgoingMessage message)
    {
        var key = _endpoint.RoutingKey!.Fill(field => Value(field, message));
        return System.Text.Encoding.UTF8.GetByteCount(key) <= ShortText ? key : throw new PermanentException(BrokerFaults.Of("DLV679", _endpoint.Name));
    }

    private string Value(string field, OutgoingMessage message)
    {
        var value = field switch
        {
            "id" => message.IdempotencyKey,
            "key" => message.Key,
            _ => JsonFields.Text(message.Body.Span, field),
        };
        return string.IsNullOrEmpty(value) ? throw new PermanentException(BrokerFaults.Of("DLV675", _endpoint.Name, ("field", field))) : value;
    }

    private static string? Short(string? text) => string.IsNullOrEmpty(text) || System.Text.Encoding.UTF8.GetByteCount(text) > ShortText ? null : text;
}
