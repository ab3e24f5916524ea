using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Ingress;
using Mappings.Diagnostics;

namespace Hub.Core.Messaging;

/// <summary>The way of a message to an endpoint inside the hub: it is accepted there under the identity of its delivery.</summary>
internal sealed class MessagingConnection : ISystemConnection
{
    private readonly TaskCompletionSource<HubIngress> _door = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes nothing in by itself; being started shows it the door.</summary>
    public Task ReceiveAsync(EndpointContext endpoint, IIngress ingress, CancellationToken cancellationToken)
    {
        if (ingress is HubIngress door) _door.TrySetResult(door);
        return Task.CompletedTask;
    }

    public ISender OpenSender(EndpointContext endpoint) => new Sender(_door.Task, endpoint.Name);

    public IRequester OpenRequester(EndpointContext endpoint) => throw new NotSupportedException("A messaging endpoint answers no questions.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Sender(Task<HubIngress> opening, EndpointName endpoint) : ISender
    {
        public async ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
        {
            var door = await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
            var payload = new IncomingPayload
            {
                Body = message.Body,
                Attributes = message.Attributes with { EventId = message.IdempotencyKey, Source = message.Pipeline, File = null, RepairOf = null, DeliveryKey = null },
                Malformed = MalformedPolicy.DeadLetter,
            };
            var result = await door.AcceptOwnAsync(endpoint, payload, cancellationToken).ConfigureAwait(false);
            if (result.Status is IngressStatus.Accepted or IngressStatus.Duplicate) return;
            var finding = result.Finding ?? Finding.Error("ING708", SourcePosition.None);
            if (result.Status is IngressStatus.Malformed or IngressStatus.TooLarge) throw new PermanentException(finding);
            throw new TransientException(finding, result.RetryAfter);
        }
    }
}
