using Mappings.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Connectors.RabbitMq;

/// <summary>Hands what the client delivers to its session.</summary>
/// <param name="deliver">Called one after the other, in the order of the queue. Bytes are valid during the call only.</param>
/// <param name="ended">Called when nothing more will come.</param>
/// <param name="cancelled">What is said when the broker has cancelled the consumer.</param>
internal sealed class HubConsumer(IChannel channel, Action<ulong, IReadOnlyBasicProperties, ReadOnlyMemory<byte>> deliver, Action<Finding?> ended, Finding cancelled) : IAsyncBasicConsumer
{
    public IChannel Channel => channel;

    public Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        deliver(deliveryTag, properties, body);
        return Task.CompletedTask;
    }

    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        ended(cancelled);
        return Task.CompletedTask;
    }

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        ended(null);
        return Task.CompletedTask;
    }
}
