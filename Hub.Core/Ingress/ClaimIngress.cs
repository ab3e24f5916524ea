using System.Globalization;
using System.Security.Cryptography;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Claims;
using Hub.Core.Delivery;
using Hub.Core.Runtime;
using Mappings.Diagnostics;

namespace Hub.Core.Ingress;

/// <summary>
/// Endpoints with <c>claim_check</c>: a payload over the limit is streamed into the claim store, and what goes through the
/// pipelines is a small document about it. Memory is the head of the payload and one block.
/// </summary>
internal sealed class ClaimIngress(HubDefinition definition, FlowContext context, RecordIngress records)
{
    private const int Block = 64 * 1024;

    /// <summary>How much of a payload is looked at for fields.</summary>
    private const int Head = 64 * 1024;

    /// <param name="endpoint">Has a claim check.</param>
    /// <param name="payload">As it came.</param>
    /// <param name="cancellationToken">The sender is gone.</param>
    /// <returns>The answer; null when the payload is small: then the second is to be accepted as every other.</returns>
    public async ValueTask<(IngressResult? Answer, IncomingPayload Small)> AcceptAsync(
        EndpointDefinition endpoint, IncomingPayload payload, CancellationToken cancellationToken)
    {
        var check = endpoint.ClaimCheck!;
        var over = Math.Min(check.Over, definition.MaxBody);
        var announced = payload.Length ?? (payload.Stream is null ? payload.Body.Length : payload.Stream.CanSeek ? payload.Stream.Length - payload.Stream.Position : null);
        if (announced > check.Max) return (Refuse(payload, check), payload);
        if (payload.Stream is not { } stream) return payload.Body.Length <= over ? (null, payload) : (await ClaimAsync(endpoint, payload, payload.Body, null, cancellationToken).ConfigureAwait(false), payload);
        if (stream.CanSeek && announced <= over) return (null, payload);
        byte[] head;
        try
        {
            head = await HeadAsync(stream, (int)Math.Min(over, Array.MaxLength - 1) + 1, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error) when (payload.Malformed == MalformedPolicy.Refuse)
        {
            return (Broken(payload, 0, error), payload);
        }

        if (head.Length > over) return (await ClaimAsync(endpoint, payload, head, stream, cancellationToken).ConfigureAwait(false), payload);
        return payload.Length is { } length && length != head.Length
            ? (Broken(payload, head.Length, null), payload)
            : (null, payload with { Body = head, Stream = null });
    }

    private async ValueTask<IngressResult> ClaimAsync(
        EndpointDefinition endpoint, IncomingPayload payload, ReadOnlyMemory<byte> head, Stream? rest, CancellationToken cancellationToken)
    {
        if (context.Claims is not { } store) return Refusals.TooLarge(payload.Name, definition.MaxBody);
        var id = context.Journal.Ids.Next();
        ClaimReference claim;
        try
        {
            var writer = await store.BeginAsync(id, cancellationToken).ConfigureAwait(false);
            await using var written = writer.ConfigureAwait(false);
            var (length, sha256, refusal) = await CopyAsync(endpoint, payload, head, rest, writer, cancellationToken).ConfigureAwait(false);
            if (refusal is not null) return refusal;
            await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            claim = new ClaimReference(id, length, sha256, payload.ContentType ?? string.Empty);
        }
        catch (ClaimException error)
        {
            return Refusals.Unavailable(error.Finding);
        }

        var document = ClaimDocument.Write(claim, payload.Name, payload.Attributes, head.Span[..Math.Min(head.Length, Head)], endpoint.ClaimCheck!.Fields);
        var about = payload with { Body = document, Stream = null, Attributes = payload.Attributes with { Claim = claim.ToString() } };
        var (answer, kept, linked) = await records.AcceptClaimAsync(endpoint, about, id, cancellationToken).ConfigureAwait(false);
        if (!kept) await ForgetAsync(id, linked).ConfigureAwait(false);
        return answer;
    }

    private static async ValueTask<(long Length, string Sha256, IngressResult? Refusal)> CopyAsync(
        EndpointDefinition endpoint, IncomingPayload payload, ReadOnlyMemory<byte> head, Stream? rest, IClaimWriter writer, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head.Span);
        await writer.WriteAsync(head, cancellationToken).ConfigureAwait(false);
        var length = (long)head.Length;
        var block = rest is null ? [] : new byte[Block];
        while (rest is not null)
        {
            int read;
            try
            {
                read = await rest.ReadAsync(block, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException error) when (payload.Malformed == MalformedPolicy.Refuse)
            {
                return (length, string.Empty, Broken(payload, length, error));
            }

            if (read == 0) break;
            length += read;
            if (length > endpoint.ClaimCheck!.Max) return (length, string.Empty, Refuse(payload, endpoint.ClaimCheck));
            hash.AppendData(block, 0, read);
            await writer.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        return payload.Length is { } announced && announced != length
            ? (length, string.Empty, Broken(payload, length, null))
            : (length, Convert.ToHexStringLower(hash.GetHashAndReset()), null);
    }

    /// <summary>Nothing refers to it. What cannot be removed now is found by the sweep.</summary>
    private async ValueTask ForgetAsync(MessageId id, bool linked)
    {
        try
        {
            await new ClaimSweep(context).RemoveAsync(id, linked).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ClaimException or ObjectDisposedException)
        {
            FlowLog.ClaimNotRemoved(context.Logger, id, error.Message);
        }
    }

    private static async ValueTask<byte[]> HeadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        var head = new byte[Math.Min(most, Block)];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(head.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
            if (read == 0 || length == most) break;
            if (length == head.Length) Array.Resize(ref head, (int)Math.Min(most, head.Length * 2L));
        }

        Array.Resize(ref head, length);
        return head;
    }

    private static IngressResult Refuse(IncomingPayload payload, Configuration.ClaimCheckConfig check) => new()
    {
        Status = IngressStatus.TooLarge,
        Finding = Finding.Error("ING792", SourcePosition.WholeFile(payload.Name), string.Empty, ("limit", Number(check.Max))),
    };

    private static IngressResult Broken(IncomingPayload payload, long length, IOException? error) => new()
    {
        Status = IngressStatus.Malformed,
        Finding = Finding.Error(
            "ING791", SourcePosition.WholeFile(payload.Name), string.Empty,
            ("length", Number(length)), ("announced", payload.Length is { } announced ? Number(announced) : "?"), ("reason", error?.Message ?? "-")),
    };

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
