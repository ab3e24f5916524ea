using Mappings.Diagnostics;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>One message on its way to the broker. Its task ends with <see cref="Outcome"/> known, or cancelled.</summary>
internal sealed class Publication(string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body) : TaskCompletionSource
{
    public string Exchange { get; } = exchange;

    public string RoutingKey { get; } = routingKey;

    public BasicProperties Properties { get; } = properties;

    public ReadOnlyMemory<byte> Body { get; } = body;

    public PublishOutcome Outcome { get; set; }

    /// <summary>Why it was lost.</summary>
    public Finding? Finding { get; set; }

    /// <summary>Nobody waits for it any more: what has not left does not leave.</summary>
    public bool IsGivenUp => Task.IsCanceled;
}
