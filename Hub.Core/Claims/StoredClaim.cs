using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Hub.Core.Claims;

/// <summary>A message's large payload, read from the claim store.</summary>
internal sealed class StoredClaim(IClaimStore store, ClaimReference reference) : ClaimedPayload
{
    public override ClaimReference Reference => reference;

    public override async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(reference.Id, cancellationToken).ConfigureAwait(false)
                ?? throw new PermanentException(Finding.Error("DLV653", SourcePosition.None, string.Empty, ("claim", reference.Id.ToString())));
        }
        catch (ClaimException error)
        {
            throw new TransientException(
                Finding.Error("DLV654", SourcePosition.None, string.Empty, ("claim", reference.Id.ToString()), ("reason", error.Reason)), null, error);
        }
    }
}
