using Hub.Abstractions.Ingress;
using Microsoft.Extensions.Logging;

namespace Connectors.RabbitMq;

/// <summary>What receiving from one endpoint needs, over all its channels.</summary>
internal sealed record ReceiveContext
{
    public required EndpointSettings Endpoint { get; init; }

    public required QueueSettings Queue { get; init; }

    public required IIngress Ingress { get; init; }

    public required ContentReader Reader { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>How far a stream has been read; null for a queue.</summary>
    public StreamPosition? Position { get; init; }

    /// <summary>Where messages go that the hub cannot read; null when it keeps them itself.</summary>
    public ErrorQueue? Errors { get; init; }

    /// <summary>Tells ServiceControl that a message it sent again has arrived; null when the endpoint is none of NServiceBus.</summary>
    public RetryAcknowledgements? Retries { get; init; }
}
