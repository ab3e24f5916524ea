using System.Net;
using System.Text;

namespace Tests.Crash;

/// <summary>
/// One sender of one lane: it posts its numbered messages one after the other and resends each, with the same event id,
/// until it holds a 202 or a 200. It counts what was accepted.
/// </summary>
internal sealed class ResendingSender(HttpClient client, string key, Func<Task<Uri>> hubAddress)
{
    private int _accepted;

    public string Key { get; } = key;

    /// <summary>Messages 1 to this were accepted.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Sends until the token is cancelled; the message in hand is still seen through to its acceptance.</summary>
    public async Task SendAsync(Action accepted, CancellationToken stop)
    {
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            while (!await TryPostAsync(number)) await hubAddress();
            Volatile.Write(ref _accepted, number);
            accepted();
        }
    }

    private async Task<bool> TryPostAsync(int number)
    {
        var address = await hubAddress();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/in/erp/orders"))
        {
            Content = new StringContent($$"""{"key":"{{Key}}","number":{{number}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", $"{Key}/{number}");
        request.Headers.Add("ce-source", "/crash-campaign");
        request.Headers.Add("ce-type", "order");
        try
        {
            using var response = await client.SendAsync(request);
            if (response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK) return true;
            // Back-pressure and a hub that goes down are asked again; anything else is a defect of the hub.
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) return false;
            throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
