using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>Tells ServiceControl that a message which was retried from ServicePulse has been accepted, so that it is shown as resolved.</summary>
internal sealed class RetryAcknowledgements(EndpointName endpoint, Publisher publisher, TimeProvider clock, ILogger logger)
{
    public bool IsRetry(Delivery delivery) =>
        HeaderText.Of(delivery.Properties, NServiceBusHeaders.RetryUniqueMessageId) is not null && HeaderText.Of(delivery.Properties, NServiceBusHeaders.RetryAcknowledgementQueue) is not null;

    /// <summary>Sends it; when that fails the message is accepted all the same, and ServicePulse shows its retry as pending.</summary>
    public async Task SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishAsync(Make(delivery), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HubException or OperationCanceledException)
        {
            Log.RetryNotAcknowledged(logger, endpoint.ToString(), error.Message);
        }
    }

    internal Publication Make(Delivery delivery)
    {
        var id = HeaderText.Of(delivery.Properties, NServiceBusHeaders.RetryUniqueMessageId)!;
        var properties = new BasicProperties
        {
            Persistent = true,
            MessageId = id,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [NServiceBusHeaders.MessageId] = id,
                [NServiceBusHeaders.ControlMessage] = bool.TrueString,
                [NServiceBusHeaders.RetryUniqueMessageId] = id,
                [NServiceBusHeaders.RetrySuccessful] = HeaderText.Time(clock.GetUtcNow()),
            },
        };
        return new Publication(string.Empty, HeaderText.Of(delivery.Properties, NServiceBusHeaders.RetryAcknowledgementQueue)!, properties, ReadOnlyMemory<byte>.Empty);
    }
}
