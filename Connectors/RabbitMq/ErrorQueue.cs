using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>Sends messages that the hub cannot read to a queue of errors, as they came, with the headers by which ServicePulse shows and retries them.</summary>
internal sealed class ErrorQueue(EndpointName endpoint, string queue, string errors, string endpointName, Publisher publisher, TimeProvider clock, ILogger logger)
{
    /// <summary>Shown where NServiceBus shows the machine.</summary>
    private const string Source = "ConnectorHub";

    /// <returns>False when the broker has not confirmed it: the message stays where it is.</returns>
    public async Task<bool> TrySendAsync(Delivery delivery, Finding? finding, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishAsync(Make(delivery, finding), cancellationToken).ConfigureAwait(false);
            Log.QueueMessageFailed(logger, endpoint.ToString(), errors, finding?.ToString() ?? string.Empty);
            return true;
        }
        catch (Exception error) when (error is HubException or OperationCanceledException)
        {
            Log.QueueMessageKept(logger, endpoint.ToString(), errors, error.Message);
            return false;
        }
    }

    internal Publication Make(Delivery delivery, Finding? finding)
    {
        var properties = new BasicProperties(delivery.Properties) { Persistent = true };
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in delivery.Properties.Headers ?? new Dictionary<string, object?>())
        {
            if (!NServiceBusHeaders.IsOfBroker(name)) headers[name] = value;
        }

        // What expired on its way to the operator would be lost.
        properties.ClearExpiration();
        headers[NServiceBusHeaders.ExceptionType] = $"{Source}.{finding?.Code ?? "Refused"}";
        headers[NServiceBusHeaders.ExceptionMessage] = finding?.Message() ?? string.Empty;
        headers[NServiceBusHeaders.ExceptionSource] = Source;
        headers[NServiceBusHeaders.ExceptionStackTrace] = finding is null ? string.Empty : FindingFormatter.Long(finding);
        headers[NServiceBusHeaders.FailedQueue] = queue;
        headers[NServiceBusHeaders.TimeOfFailure] = HeaderText.Time(clock.GetUtcNow());
        headers[NServiceBusHeaders.ProcessingEndpoint] = endpointName;
        headers[NServiceBusHeaders.ProcessingMachine] = Environment.MachineName;
        if (!headers.ContainsKey(NServiceBusHeaders.MessageId) && properties.MessageId is { } id) headers[NServiceBusHeaders.MessageId] = id;
        properties.Headers = headers;
        return new Publication(string.Empty, errors, properties, delivery.Body);
    }
}
