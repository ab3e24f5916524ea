namespace Hub.Core.Claims;

/// <summary>Writes one claim. Disposed before it was completed, it leaves nothing behind.</summary>
public interface IClaimWriter : IAsyncDisposable
{
    /// <summary>Appends bytes.</summary>
    /// <exception cref="ClaimException">They cannot be written, for example because the disk is full.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Ends the claim; it is durable and can be read when this returns.</summary>
    /// <exception cref="ClaimException">It cannot be made durable; there is no claim.</exception>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}
