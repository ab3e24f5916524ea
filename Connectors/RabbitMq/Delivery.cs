using Hub.Abstractions.Ingress;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>A message in hand that is not acknowledged.</summary>
/// <param name="Tag">Its delivery tag.</param>
/// <param name="Payload">What the hub is given.</param>
/// <param name="Properties">What it came with, for whoever has to send it on.</param>
/// <param name="Body">Its bytes as they came.</param>
internal sealed record Delivery(ulong Tag, IncomingPayload Payload, IReadOnlyBasicProperties Properties, ReadOnlyMemory<byte> Body)
{
    /// <summary>The offset in its stream; null when it comes from a queue.</summary>
    public long? Offset { get; init; }
}
