using Hub.Abstractions.Connectors;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>The headers an NServiceBus endpoint expects, and the properties its RabbitMQ transport sets beside them.</summary>
internal sealed class NServiceBusContent(EndpointSettings endpoint, string endpointName, string? replyTo, TimeProvider clock)
{
    public void Write(BasicProperties properties, Dictionary<string, object?> headers, OutgoingMessage message)
    {
        var came = HeaderJson.Read(message.Attributes.Headers);
        var types = endpoint.MessageTypes.Count > 0 ? string.Join(';', endpoint.MessageTypes) : message.Attributes.Type ?? message.Pipeline;
        var correlation = came.GetValueOrDefault(NServiceBusHeaders.CorrelationId) ?? message.IdempotencyKey;
        headers[NServiceBusHeaders.MessageId] = message.IdempotencyKey;
        headers[NServiceBusHeaders.MessageIntent] = endpoint.Queue is null ? "Publish" : "Send";
        headers[NServiceBusHeaders.EnclosedMessageTypes] = types;
        headers[NServiceBusHeaders.ContentType] = properties.ContentType;
        headers[NServiceBusHeaders.ConversationId] = came.GetValueOrDefault(NServiceBusHeaders.ConversationId) ?? message.Id.ToString();
        headers[NServiceBusHeaders.CorrelationId] = correlation;
        headers[NServiceBusHeaders.OriginatingEndpoint] = endpointName;
        headers[NServiceBusHeaders.TimeSent] = HeaderText.Time(clock.GetUtcNow());
        if (message.Attributes.EventId is { Length: > 0 } related) headers[NServiceBusHeaders.RelatedTo] = related;
        if (replyTo is not null) headers[NServiceBusHeaders.ReplyToAddress] = replyTo;
        if (endpoint.Context.Settings.Has("expiry")) headers[NServiceBusHeaders.TimeToBeReceived] = endpoint.Context.Settings.Duration("expiry").ToString();
        // Sagas of the receiving side find their instance by these.
        foreach (var (name, value) in came.Where(h => h.Key.StartsWith("NServiceBus.", StringComparison.Ordinal) && h.Key.Contains("Saga", StringComparison.Ordinal))) headers.TryAdd(name, value);
        properties.Type = NServiceBusTypes.FullName(types);
        properties.CorrelationId = correlation;
    }
}
