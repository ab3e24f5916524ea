using System.Net.Http.Headers;
using Hub.Abstractions.Connectors;

namespace Connectors.Http;

/// <summary>
/// Sends a message as one request. 2xx confirms. 408, 425, 429, 5xx and a failed connection are transient; every other
/// status is permanent.
/// </summary>
/// <remarks>
/// A target that keeps idempotency keys answers a repeated <c>Idempotency-Key</c> with the 2xx of the first time. One
/// that is still at work on the first attempt answers 409 with <c>Retry-After</c>, and is asked again; a 409 without it
/// is a conflict that no repeat can mend.
/// </remarks>
internal sealed class HttpSender(EndpointContext endpoint, HttpTarget target, HttpClientOfEndpoint client) : ISender
{
    private const int Block = 64 * 1024;

    private readonly HttpMethod _method = HttpMethod.Parse(endpoint.Settings.Text("method"));
    private readonly OutgoingBody _body = new(endpoint);
    private readonly bool _sendsClaims = ClaimBody.IsSent(endpoint);

    public async ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(_method, target.For(message.Body));
        request.Content = _sendsClaims && message.Claim is { } claim ? await ContentAsync(claim, cancellationToken) : Content(message);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", message.IdempotencyKey);
        CloudEventHeaders.Add(request, message);
        using var response = await client.SendAsync(request, null, cancellationToken);
    }

    private ReadOnlyMemoryContent Content(OutgoingMessage message)
    {
        var content = new ReadOnlyMemoryContent(_body.Convert(message.Body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(_body.ContentType);
        return content;
    }

    /// <summary>As it came, block by block. Its hash goes along (RFC 9530), so that the target can prove it whole.</summary>
    private static async ValueTask<StreamContent> ContentAsync(ClaimedPayload claim, CancellationToken cancellationToken)
    {
        var reference = claim.Reference;
        var content = new StreamContent(await claim.OpenAsync(cancellationToken), Block);
        content.Headers.ContentLength = reference.Length;
        content.Headers.TryAddWithoutValidation("Content-Type", reference.ContentType.Length > 0 ? reference.ContentType : "application/octet-stream");
        content.Headers.TryAddWithoutValidation("Repr-Digest", $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(reference.Sha256))}:");
        return content;
    }
}
