using Hub.Abstractions.Messages;

namespace Hub.Core.Claims;

/// <summary>
/// Keeps payloads that are too large for the journal. A claim is written once, is there as a whole or not at all, and is
/// durable when its writer has completed. All members may be called side by side.
/// </summary>
public interface IClaimStore
{
    /// <summary>Makes it ready for use, and removes what a crash left half written.</summary>
    /// <exception cref="ClaimException">It cannot be used.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Begins a claim. Nobody sees it before it is completed.</summary>
    /// <param name="id">A name that was never used before.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ClaimException">It cannot be written.</exception>
    ValueTask<IClaimWriter> BeginAsync(MessageId id, CancellationToken cancellationToken);

    /// <summary>The bytes of a claim from the begin, read as they are asked for; null when there is none.</summary>
    /// <exception cref="ClaimException">It cannot be read.</exception>
    ValueTask<Stream?> ReadAsync(MessageId id, CancellationToken cancellationToken);

    /// <summary>Removes a claim; one that is not there is none to remove. A reader that has begun may fail.</summary>
    /// <exception cref="ClaimException">It cannot be removed.</exception>
    ValueTask DeleteAsync(MessageId id, CancellationToken cancellationToken);

    /// <summary>The completed claims behind one, in the order of their names.</summary>
    /// <param name="after">None for the first.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <exception cref="ClaimException">They cannot be read.</exception>
    ValueTask<IReadOnlyList<MessageId>> ListAsync(MessageId after, int limit, CancellationToken cancellationToken);
}
