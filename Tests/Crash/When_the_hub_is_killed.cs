using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Xunit.Abstractions;

namespace Tests.Crash;

/// <summary>
/// The campaign behind guarantees 1 to 4: SIGKILL at random moments with messages provably in flight, restart on the same
/// file, and an oracle outside the hub that counts.
/// </summary>
public sealed class When_the_hub_is_killed(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Kills = 25;
    private const int Lanes = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-crash-").FullName;
    private readonly Random _random = new(20261121);
    private OracleTarget _target = null!;

    public async Task InitializeAsync()
    {
        _target = await OracleTarget.StartAsync();
        CrashConfiguration.Write(_folder, $"http://127.0.0.1:{FreePort()}", _target.Address);
    }

    public async Task DisposeAsync()
    {
        await _target.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Should_lose_nothing_repeat_only_what_was_in_flight_and_keep_the_order_of_each_key()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using var stop = new CancellationTokenSource();
        var running = new TaskCompletionSource<HubProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        var acceptances = new AcceptanceSignal();
        var senders = Enumerable.Range(1, Lanes).Select(lane => new ResendingSender(client, $"K{lane:D2}", async () => (await Volatile.Read(ref running).Task).Address)).ToList();
        var sending = senders.Select(sender => Task.Run(() => sender.SendAsync(acceptances.Count, stop.Token))).ToList();

        var tails = new List<int>();
        var voids = 0;
        while (tails.Count < Kills)
        {
            Assert.True(voids < Kills, "Most rounds had nothing in flight: the campaign proves nothing.");
            var hub = await HubProcess.StartAsync(_folder);
            var before = running;
            var reached = acceptances.After(_random.Next(20, 250));
            before.SetResult(hub);
            await Task.WhenAny(reached, Task.WhenAll(sending)).WaitAsync(Patience);
            foreach (var failed in sending.Where(task => task.IsFaulted)) await failed;

            Volatile.Write(ref running, new TaskCompletionSource<HubProcess>(TaskCreationOptions.RunContinuationsAsynchronously));
            await hub.KillAsync();
            var inFlight = senders.Sum(sender => sender.Accepted) - Distinct(_target.Arrivals) + _target.Open;
            hub.Dispose();
            if (inFlight > 0) tails.Add(inFlight);
            else voids++;
        }

        using var last = await HubProcess.StartAsync(_folder);
        await stop.CancelAsync();
        running.SetResult(last);
        await Task.WhenAll(sending).WaitAsync(Patience);
        var accepted = senders.ToDictionary(sender => sender.Key, sender => sender.Accepted);
        await ArrivalAsync(() => Distinct(_target.Arrivals) >= accepted.Values.Sum());
        var ledger = await SettledLedgerAsync(client, last.Address);

        var arrivals = _target.Arrivals;
        var repeats = arrivals.Count - Distinct(arrivals);
        output.WriteLine($"{Kills} kills ({voids} void rounds), {accepted.Values.Sum()} accepted, {repeats} delivered again, in flight at the kills: {string.Join(' ', tails)}");
        Assert.Equal(accepted.Values.Sum(), Distinct(arrivals));
        foreach (var (key, count) in accepted) LaneOracle.Check(key, count, [.. arrivals.Where(arrival => arrival.Key == key)]);
        Assert.Equal(0, ledger.GetProperty("unaccounted").GetInt64());
        Assert.Equal(accepted.Values.Sum(), ledger.GetProperty("delivered").GetInt64());
    }

    private static int Distinct(IReadOnlyList<OracleTarget.Arrival> arrivals) => arrivals.DistinctBy(arrival => (arrival.Key, arrival.Number)).Count();

    private async Task ArrivalAsync(Func<bool> condition)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (condition()) met.TrySetResult();
        }

        _target.Arrived += Look;
        Look();
        await met.Task.WaitAsync(Patience);
        _target.Arrived -= Look;
    }

    /// <summary>Asks until the last settles are committed: they follow their deliveries by a few milliseconds.</summary>
    private static async Task<JsonElement> SettledLedgerAsync(HttpClient client, Uri address)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var rows = await client.GetFromJsonAsync<JsonElement>(new Uri(address, "/ops/ledger"), limit.Token);
            var row = rows.EnumerateArray().Single(line => line.GetProperty("pipeline").GetString() == "orders");
            if (row.GetProperty("inFlight").GetInt64() == 0) return row;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
