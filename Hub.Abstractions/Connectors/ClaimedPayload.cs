using Hub.Abstractions.Messages;

namespace Hub.Abstractions.Connectors;

/// <summary>The large payload of a message, to be sent by an endpoint with <c>body: claim</c>.</summary>
public abstract class ClaimedPayload
{
    /// <summary>Length, hash and content type.</summary>
    public abstract ClaimReference Reference { get; }

    /// <summary>Opens its bytes from the begin; the caller disposes the stream. Once for each attempt, so that nothing of it is held in memory.</summary>
    /// <exception cref="PermanentException">DLV653: it is not there any more.</exception>
    /// <exception cref="TransientException">DLV654: it cannot be read now.</exception>
    public abstract ValueTask<Stream> OpenAsync(CancellationToken cancellationToken);
}
