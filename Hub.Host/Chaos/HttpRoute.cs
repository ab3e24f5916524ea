using System.Net;
using System.Text;
using Hub.Abstractions;
using Mappings.Diagnostics;

namespace Hub.Host.Chaos;

/// <summary>Messages posted to the hub, mapped, and posted to a target in the chaos process.</summary>
internal sealed class HttpRoute : IChaosRoute
{
    /// <summary>Accepted and not arrived, of one lane: enough that something always waits, little enough that a round ends soon.</summary>
    private const int Window = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly DeliveryOracle _oracle;
    private readonly NodeSet _nodes;
    private readonly HttpTarget _target;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(4) };
    private int _refusals;

    private HttpRoute(DeliveryOracle oracle, NodeSet nodes, HttpTarget target, TimeProvider clock)
    {
        _oracle = oracle;
        _nodes = nodes;
        _target = target;
        _clock = clock;
    }

    public const string RouteName = "http";

    public string Name => RouteName;

    public string Shown => "http → mapping → http";

    /// <summary>How often the hub said "not now" (429, 503).</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    public static async Task<HttpRoute> StartAsync(DeliveryOracle oracle, NodeSet nodes, TimeProvider clock, CancellationToken cancellationToken) =>
        new(oracle, nodes, await HttpTarget.StartAsync(oracle, cancellationToken), clock);

    public IReadOnlyDictionary<string, string> Files() => new Dictionary<string, string>
    {
        ["systems/hub-chaos-source.yaml"] = """
            system: hub-chaos-source
            connector: http
            endpoints:
              numbers: { format: json }
            """,
        ["systems/hub-chaos-target.yaml"] = $$"""
            system: hub-chaos-target
            connector: http
            address: {{_target.Address}}
            limits: { rate: 400/s, concurrency: 8, timeout: 30s }
            retry: { immediate: 1, delayed: [ 100ms, 500ms, 2s, 5s, 10s ], jitter: 10% }
            endpoints:
              numbers: { path: numbers }
            """,
        ["mappings/hub-chaos-http.yaml"] = ChaosMapping.Text("hub-chaos-http", "hub-chaos-source", "hub-chaos-target"),
        ["pipelines/hub-chaos-http.yaml"] = """
            pipeline: hub-chaos-http
            from: hub-chaos-source.numbers
            key: key
            steps:
              - map: hub-chaos-http
              - send: hub-chaos-target.numbers
            """,
    };

    public async Task SendAsync(ChaosLane lane, CancellationToken stop)
    {
        for (var number = lane.Accepted + 1; !stop.IsCancellationRequested; number++)
        {
            try
            {
                await lane.WaitForRoomAsync(Window, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            while (!await TryPostAsync(lane, number)) await Task.Delay(Pause, _clock, CancellationToken.None);
            _oracle.Accepted(lane, number);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _target.DisposeAsync();
    }

    /// <returns>Whether the hub said that it has it; asked again otherwise, with the same event id.</returns>
    private async Task<bool> TryPostAsync(ChaosLane lane, int number)
    {
        if (_nodes.NextAddress() is not { } address) return false;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/in/hub-chaos-source/numbers"))
        {
            Content = new StringContent($$"""{"key":"{{lane.Key}}","number":{{number}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", $"{lane.Key}/{number}");
        request.Headers.Add("ce-source", "/hub-chaos");
        request.Headers.Add("ce-type", "number");
        try
        {
            using var response = await _client.SendAsync(request);
            if (response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK) return true;
            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                throw new PermanentException(Finding.Error("HUB972", new SourcePosition(address.ToString(), 0, 0), string.Empty, ("status", $"{(int)response.StatusCode}"), ("detail", await response.Content.ReadAsStringAsync())));
            Interlocked.Increment(ref _refusals);
            return false;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            // The node was killed or stopped with the request in hand: whether it has the message is what the next try finds out.
            return false;
        }
    }
}
