using Hub.Abstractions.Messages;

namespace Hub.Abstractions.Ingress;

/// <summary>
/// The one door into the hub. It reads a payload by its endpoint's format, cuts it into records, runs the pipelines that
/// start at the endpoint and returns when everything that was accepted is durable in the journal. A receiver tells its
/// sender "accepted" (202, ack, file moved) after this call returned, never before.
/// </summary>
public interface IIngress
{
    /// <summary>Accepts one payload. Refusals are results; exceptions are defects.</summary>
    ValueTask<IngressResult> AcceptAsync(EndpointName endpoint, IncomingPayload payload, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when there is room for more messages: a receiver that polls waits here before it takes the next payload.
    /// </summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellationToken);
}
