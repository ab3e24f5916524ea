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
    private readonly HttpMethod _method = HttpMethod.Parse(endpoint.Settings.Text("method"));
    private readonly OutgoingBody _body = new(endpoint);

    public async ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(_method, target.For(message.Body));
        request.Content = new ReadOnlyMemoryContent(_body.Convert(message.Body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(_body.ContentType);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", message.IdempotencyKey);
        CloudEventHeaders.Add(request, message);
        using var response = await client.SendAsync(request, null, cancellationToken);
    }
}
