using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Benchmarks.Journal;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Hub.Core.Journal;
using Hub.Core.Pipelines;
using Hub.Core.Runtime;
using Hub.Storage.Sqlite;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Benchmarks.Engine;

/// <summary>One engine on one file: accept, map, deliver to a target in this process, settle.</summary>
internal sealed class EngineRound : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["hub.yaml"] = "hub: bench\ningress: { in_flight: 100000 }\n",
        ["systems/erp.yaml"] = "system: erp\nconnector: sink\nendpoints: { orders: {} }\n",
        ["systems/crm.yaml"] = "system: crm\nconnector: sink\nlimits: { concurrency: 1000 }\nendpoints: { deals: {} }\n",
        ["mappings/deal.yaml"] = """
            mapping: deal
            version: 1
            fields:
              externalId: no
              account: customer
              stage: status
              currency: currency
              value: { from: amount, type: decimal }
              createdOn: { from: ordered, type: date }
              closeDate: { from: required, type: date }
              city: city
              country: country
              street: street
              owner: clerk
              products:
                each: lines
                fields:
                  code: product
                  quantity: quantity
                  price: { from: price, type: decimal }
            """,
        ["pipelines/orders.yaml"] = "pipeline: orders\nfrom: erp.orders\nkey: no\nsteps:\n  - map: deal\n  - send: crm.deals\n",
    };

    private static readonly EndpointName Orders = new("erp", "orders");

    private readonly HubEngine _engine;
    private readonly SinkConnector _sink;
    private readonly SettleTimes _store;
    private long _number;

    private EngineRound(HubEngine engine, SinkConnector sink, SettleTimes store)
    {
        _store = store;
        _engine = engine;
        _sink = sink;
    }

    /// <param name="folder">Where the journal's file is made anew.</param>
    /// <param name="durability">Of the pipeline.</param>
    /// <param name="confirmsLater">The target answers from another thread.</param>
    /// <param name="store">The journal's; null for SQLite.</param>
    public static async Task<EngineRound> StartAsync(string folder, string durability = "journal", bool confirmsLater = false, IJournalStore? store = null)
    {
        foreach (var old in Directory.GetFiles(folder, "engine.db*")) File.Delete(old);
        var sink = new SinkConnector(confirmsLater);
        var files = new Dictionary<string, string>(Files, StringComparer.Ordinal);
        files["pipelines/orders.yaml"] = files["pipelines/orders.yaml"].Replace("steps:", $"durability: {durability}\nsteps:", StringComparison.Ordinal);
        var compiler = new HubCompiler([sink], TimeProvider.System);
        var loaded = ConfigurationLoader.Load(ConfigurationSnapshot.Of("config", files), null, compiler.Specs, new NoReferences());
        var findings = new Findings();
        var definition = compiler.Compile(loaded, findings);
        if (definition is null || !loaded.IsValid) throw new InvalidOperationException(string.Join('\n', loaded.Findings.Concat(findings)));
        var timed = new SettleTimes(store ?? new SqliteJournalStore(new SqliteJournalStoreOptions { File = Path.Combine(folder, "engine.db") }));
        var engine = new HubEngine(new HubEngineOptions
        {
            Store = timed,
            Clock = TimeProvider.System,
            Random = new Random(1),
        });
        await engine.StartAsync(definition, CancellationToken.None);
        return new EngineRound(engine, sink, timed);
    }

    /// <summary>As many messages as go through with this many senders, each of which sends its next when it was answered.</summary>
    public async Task<(Measurement Measurement, double AllocatedBytes)> SaturateAsync(int senders, double seconds)
    {
        await SendAllAsync(senders, 0.5);
        await _engine.WaitForIdleAsync(CancellationToken.None);
        var journal = _engine.Context.Journal;
        var (commits, count, cpu, allocated) = (journal.Commits, _sink.Count, Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        var watch = Stopwatch.StartNew();
        await SendAllAsync(senders, seconds);
        await _engine.WaitForIdleAsync(CancellationToken.None);
        var elapsed = watch.Elapsed.TotalSeconds;
        count = _sink.Count - count;
        return (
            new Measurement(count / elapsed, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count, (journal.Commits - commits) * 100.0 / count),
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)count);
    }

    /// <summary>Milliseconds from handing a message in until its settling is durable, in ascending order, at a steady rate.</summary>
    public async Task<double[]> PaceAsync(int perSecond, double seconds)
    {
        var count = (int)(perSecond * seconds);
        var started = new long[count];
        var settled = _store.Settled = new ConcurrentDictionary<MessageId, long>();
        var accepting = new List<Task<MessageId>>(count);
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < count;)
        {
            if (watch.Elapsed.TotalSeconds * perSecond <= i)
            {
                await timer.WaitForNextTickAsync();
                continue;
            }

            started[i++] = Stopwatch.GetTimestamp();
            accepting.Add(SendAsync().AsTask());
        }

        var ids = await Task.WhenAll(accepting);
        await _engine.WaitForIdleAsync(CancellationToken.None);
        var times = new double[count];
        for (var i = 0; i < count; i++) times[i] = Stopwatch.GetElapsedTime(started[i], settled[ids[i]]).TotalMilliseconds;
        Array.Sort(times);
        _store.Settled = null;
        return times;
    }

    public HubEngine Engine => _engine;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private Task SendAllAsync(int senders, double seconds)
    {
        var watch = Stopwatch.StartNew();
        return Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed.TotalSeconds < seconds) await SendAsync();
        })));
    }

    private async ValueTask<MessageId> SendAsync()
    {
        var number = Interlocked.Increment(ref _number) - 1;
        var result = await _engine.Ingress.AcceptAsync(Orders, new IncomingPayload { Body = Body(number) }, CancellationToken.None);
        if (result.Status != IngressStatus.Accepted) throw new InvalidOperationException($"{result.Status}: {result.Finding}");
        return result.Messages[0].Id;
    }

    /// <summary>An order of 1 KB.</summary>
    public static byte[] Body(long number)
    {
        var body = Order.ToArray();
        number.TryFormat(body.AsSpan(NumberAt, 10), out _, "D10", CultureInfo.InvariantCulture);
        return body;
    }

    private const int NumberAt = 7;

    private static ReadOnlySpan<byte> Order => """
        {"no":"0000000000","customer":"VINET","status":"APPROVED","currency":"EUR","amount":440.00,"ordered":"1996-07-04","required":"1996-08-01","city":"Reims","country":"France","street":"59 rue de l'Abbaye","clerk":5,"lines":[{"product":11,"name":"Queso Cabrales","quantity":12,"price":14.00,"discount":0},{"product":42,"name":"Singaporean Hokkien Fried Mee","quantity":10,"price":9.80,"discount":0},{"product":72,"name":"Mozzarella di Giovanni","quantity":5,"price":34.80,"discount":0.05}],"shipping":{"via":3,"name":"Vins et alcools Chevalier","freight":32.38,"address":"59 rue de l'Abbaye, 51100 Reims, France","phone":"26.47.15.10"},"notes":"Please deliver to the back entrance between eight and eleven in the morning; the gate is closed after that and nobody answers the bell. Ask for Paul Henriot in accounting when the papers are not complete. Pallets go back with the same lorry. The last delivery had two broken bottles, which were credited with invoice 10248-C.","terms":"30 days net"}
        """u8;

    private sealed class NoReferences : IReferenceSource
    {
        public string? Variable(string name) => null;

        public string? File(string path) => null;
    }
}
