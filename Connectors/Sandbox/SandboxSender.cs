using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Connectors.Sandbox;

/// <summary>Writes records by key; a repeated idempotency key has no second effect.</summary>
internal sealed class SandboxSender(EndpointName endpoint, SandboxCollection collection, SandboxGate gate) : ISender
{
    public async ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        await gate.PassAsync(endpoint, cancellationToken);
        var key = collection.KeyOf(message.Body)
            ?? throw new PermanentException(Finding.Error("DLV652", SourcePosition.None, "", ("endpoint", endpoint.ToString()), ("key", collection.KeyPath!)));
        collection.Upsert(key, message.Body, message.IdempotencyKey);
    }
}
