using System.Net;
using System.Security.Authentication;
using System.Text;
using Hub.Abstractions;
using Hub.Abstractions.Messages;

namespace Connectors.Http;

/// <summary>Sends requests for one endpoint and sorts what comes back into answers, transient and permanent failures.</summary>
internal sealed class HttpClientOfEndpoint(EndpointName endpoint, HttpMessageInvoker invoker, HttpHeaders headers, TimeProvider clock)
{
    /// <summary>Bytes of a refusal that are read to quote from.</summary>
    private const int QuotedBytes = 8 * 1024;

    /// <summary>A target may ask for patience, but not park a message for good.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <returns>An answer of 2xx, or any status in <paramref name="expected"/>.</returns>
    public async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpStatusCode? expected, CancellationToken cancellationToken)
    {
        headers.Apply(request);
        HttpResponseMessage response;
        try
        {
            response = await invoker.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new TransientException(error.InnerException is AuthenticationException ? HttpFindings.Untrusted(endpoint) : HttpFindings.Unreachable(endpoint, error), null, error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own connect timeout.
            throw new TransientException(HttpFindings.Unreachable(endpoint, new HttpRequestException(HttpRequestError.ConnectionError)), null, error);
        }

        if (response.IsSuccessStatusCode || response.StatusCode == expected) return response;
        using (response) throw await FailureAsync(response, cancellationToken);
    }

    /// <summary>The whole answer.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        var (bytes, complete) = await ReadAtMostAsync(response, limit, cancellationToken);
        return complete ? bytes : throw new PermanentException(HttpFindings.AnswerTooLarge(endpoint, limit));
    }

    /// <summary>What can be shown of an answer.</summary>
    public string Quote(ReadOnlySpan<byte> answer) => OutsideText.Excerpt(Encoding.UTF8.GetString(answer), headers.Secrets);

    private async ValueTask<HubException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400) return new PermanentException(HttpFindings.Redirected(endpoint, status));
        var answer = string.Empty;
        try
        {
            var (bytes, _) = await ReadAtMostAsync(response, QuotedBytes, cancellationToken);
            answer = Quote(bytes.Span);
        }
        catch (TransientException)
        {
            // The status decides; the text only explains.
            answer = string.Empty;
        }

        var wait = RetryAfter(response);
        var again = status is 408 or 425 or 429 or >= 500 || (status == 409 && wait is not null);
        return again ? new TransientException(HttpFindings.TryLater(endpoint, status, answer), wait) : new PermanentException(HttpFindings.Refused(endpoint, status, answer));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } header) return null;
        var wait = header.Delta ?? header.Date - clock.GetUtcNow();
        return wait is not { } time ? null : time < TimeSpan.Zero ? TimeSpan.Zero : time > LongestWait ? LongestWait : time;
    }

    private async ValueTask<(ReadOnlyMemory<byte> Bytes, bool Complete)> ReadAtMostAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var bytes = new MemoryStream();
            var block = new byte[Math.Min(limit, 16 * 1024)];
            while (true)
            {
                var read = await stream.ReadAsync(block, cancellationToken);
                if (read == 0) return (bytes.GetBuffer().AsMemory(0, (int)bytes.Length), true);
                var room = limit - (int)bytes.Length;
                bytes.Write(block, 0, Math.Min(read, room));
                if (read > room) return (bytes.GetBuffer().AsMemory(0, (int)bytes.Length), false);
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new TransientException(HttpFindings.Interrupted(endpoint), null, error);
        }
    }
}
