using System.Globalization;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>Reads what a message says of itself: by the endpoint's <c>content</c>, or by what its headers show.</summary>
internal sealed class ContentReader(EndpointSettings endpoint)
{
    private readonly MalformedPolicy _malformed = endpoint.ErrorQueue is null ? MalformedPolicy.DeadLetter : MalformedPolicy.Refuse;

    public Delivery Read(ulong tag, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var data = body;
        var contentType = properties.ContentType;
        var attributes = Kind(properties) switch
        {
            ContentKind.CloudEventsStructured when CloudEventsBinding.TryReadStructured(body, out var read, out data, out contentType) => read,
            ContentKind.CloudEventsBinary when CloudEventsBinding.IsBinary(properties) => CloudEventsBinding.ReadBinary(properties),
            ContentKind.NServiceBus => OfNServiceBus(properties),
            _ => Plain(properties),
        };
        if (data.IsEmpty && attributes == MessageAttributes.None) data = body;
        var offset = endpoint.Queue is { IsStream: true } ? StreamOffset.Of(properties) : null;
        if (offset is { } position) attributes = attributes with { EventId = string.Create(CultureInfo.InvariantCulture, $"{endpoint.Queue!.Name}@{position}") };
        var payload = new IncomingPayload { Body = data, ContentType = contentType, Attributes = attributes, Malformed = _malformed };
        return new Delivery(tag, payload, properties, body) { Offset = offset };
    }

    private ContentKind Kind(IReadOnlyBasicProperties properties) =>
        endpoint.Content
        ?? (CloudEventsBinding.IsStructured(properties) ? ContentKind.CloudEventsStructured
            : properties.Headers is null ? ContentKind.Plain
            : CloudEventsBinding.IsBinary(properties) ? ContentKind.CloudEventsBinary
            : properties.Headers.ContainsKey(NServiceBusHeaders.EnclosedMessageTypes) ? ContentKind.NServiceBus
            : ContentKind.Plain);

    private static MessageAttributes Plain(IReadOnlyBasicProperties properties)
    {
        var headers = Kept(properties);
        return new MessageAttributes
        {
            EventId = Present(properties.MessageId),
            Source = Present(properties.AppId),
            Type = Present(properties.Type),
            Time = properties.IsTimestampPresent() ? DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null,
            TraceParent = HeaderText.Of(properties, "traceparent"),
            Headers = headers is null ? null : HeaderJson.Write(headers),
        };
    }

    private static MessageAttributes OfNServiceBus(IReadOnlyBasicProperties properties)
    {
        var headers = Kept(properties);
        return new MessageAttributes
        {
            EventId = Present(properties.MessageId) ?? HeaderText.Of(properties, NServiceBusHeaders.MessageId),
            Source = HeaderText.Of(properties, NServiceBusHeaders.OriginatingEndpoint),
            Type = (HeaderText.Of(properties, NServiceBusHeaders.EnclosedMessageTypes) ?? Present(properties.Type)) is { } types ? NServiceBusTypes.FullName(types) : null,
            Time = HeaderText.Of(properties, NServiceBusHeaders.TimeSent) is { } sent ? HeaderText.IsoTime(sent) : null,
            TraceParent = HeaderText.Of(properties, "traceparent"),
            Headers = headers is null ? null : HeaderJson.Write(headers),
        };
    }

    /// <summary>Headers that no attribute holds, with the properties that NServiceBus has as headers; null when there are none.</summary>
    private static Dictionary<string, string>? Kept(IReadOnlyBasicProperties properties)
    {
        Dictionary<string, string>? kept = null;
        if (properties.Headers is { } headers)
        {
            foreach (var (name, value) in headers)
            {
                if (NServiceBusHeaders.IsKept(name) && HeaderText.Of(value) is { } text) (kept ??= new(StringComparer.Ordinal))[name] = text;
            }
        }

        if (Present(properties.CorrelationId) is { } correlation) (kept ??= new(StringComparer.Ordinal))[NServiceBusHeaders.CorrelationId] = correlation;
        if (Present(properties.ReplyTo) is { } reply) (kept ??= new(StringComparer.Ordinal)).TryAdd(NServiceBusHeaders.ReplyToAddress, reply);
        return kept;
    }

    private static string? Present(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
