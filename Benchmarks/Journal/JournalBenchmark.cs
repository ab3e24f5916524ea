using System.Diagnostics;
using System.Globalization;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Storage.PostgreSql;
using Hub.Storage.Sqlite;

namespace Benchmarks.Journal;

/// <summary>
/// The journal at saturation beside the bare limit, in interleaved rounds: two producers accept messages of 1 KB, each with
/// one delivery of 600 bytes, await their commits and settle them.
/// </summary>
internal static class JournalBenchmark
{
    private const int BodyBytes = 1024;
    private const int DeliveryBytes = 600;
    private const int Producers = 2;
    private const int Window = 100;

    private static byte[] Body { get; } = [.. Enumerable.Range(0, BodyBytes).Select(i => (byte)('a' + (i % 26)))];

    /// <summary>Both stores, or with <c>postgresql</c> as the first argument that one alone.</summary>
    internal static Task<int> RunAsync(string[] arguments) => arguments is ["postgresql", .. var rest]
        ? Rounds.RunAsync(rest, "journal-bench", (rounds, seconds, _) => PostgreSqlAsync(rounds, seconds, Body))
        : Rounds.RunAsync(arguments, "journal-bench", RunAsync);

    private static async Task RunAsync(int rounds, double seconds, string folder)
    {
        var body = Body;
        var ratios = new List<double>();
        var keyedRatios = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var forward = default(Measurement);
            var yardstick = new Thread(() => forward = ForwardYardstick.Run(folder, body, seconds)) { Name = "forward" };
            yardstick.Start();
            yardstick.Join();
            var plain = await JournalAsync(folder, body, seconds, keyed: false);
            var keyed = await JournalAsync(folder, body, seconds, keyed: true);
            ratios.Add(plain.PerSecond / forward.PerSecond);
            keyedRatios.Add(keyed.PerSecond / forward.PerSecond);
            Rounds.Print($"forward {forward}   journal {plain} ratio {ratios[^1]:F2}   with dedupe keys {keyed} ratio {keyedRatios[^1]:F2}");
        }

        Rounds.Print($"median ratio {Rounds.Median(ratios):F2}, with dedupe keys {Rounds.Median(keyedRatios):F2}");
        await PostgreSqlAsync(rounds, seconds, body);
    }

    /// <summary>The PostgreSQL store beside a hand-written forwarder, messages of 1 KB with a delivery of 1 KB each.</summary>
    private static async Task PostgreSqlAsync(int rounds, double seconds, byte[] body)
    {
        using var server = BenchServer.TryStart();
        if (server is null)
        {
            Rounds.Print($"PostgreSQL is not installed: sudo eng/servers install");
            return;
        }

        var ratios = new List<double>();
        var shares = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var pipe = PgPipeYardstick.Run(server, body, seconds);
            var keyed = await PostgreSqlAsync(server, body, seconds);
            ratios.Add(keyed.Client.PerSecond / pipe.Client.PerSecond);
            shares.Add(keyed.TotalMicroseconds);
            Rounds.Print($"pg-pipe {pipe}   journal in PostgreSQL {keyed} ratio {ratios[^1]:F2}");
        }

        Rounds.Print($"median ratio {Rounds.Median(ratios):F2}, {Rounds.Median(shares):F1} us processor time a message");
    }

    private static async Task<ServerMeasurement> PostgreSqlAsync(BenchServer server, byte[] body, double seconds)
    {
        server.Execute("DROP SCHEMA IF EXISTS hub CASCADE; CHECKPOINT");
        var database = TimeSpan.Zero;
        var client = await MeasureAsync(
            new PostgreSqlJournalStore(new PostgreSqlJournalStoreOptions { Connection = server.Connection }), body, body.Length, seconds, keyed: true, () => database = server.Cpu());
        return new ServerMeasurement(client.Measurement, (server.Cpu() - database).TotalMicroseconds / client.Count);
    }

    private static async Task<Measurement> JournalAsync(string folder, byte[] body, double seconds, bool keyed)
    {
        foreach (var old in Directory.GetFiles(folder, "journal.db*")) File.Delete(old);
        var store = new SqliteJournalStore(new SqliteJournalStoreOptions { File = Path.Combine(folder, "journal.db") });
        return (await MeasureAsync(store, body, DeliveryBytes, seconds, keyed, () => { })).Measurement;
    }

    private static async Task<(Measurement Measurement, long Count)> MeasureAsync(
        IJournalStore store, byte[] body, int deliveryBytes, double seconds, bool keyed, Action warm)
    {
        await using var journal = await Hub.Core.Journal.Journal.OpenAsync(store, TimeProvider.System, new JournalOptions(), default);
        await ProduceAsync(journal, body, deliveryBytes, 0.5, keyed, 9);
        await journal.FlushAsync();
        warm();
        var commits = journal.Commits;
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Producers).Select(p => Task.Run(() => ProduceAsync(journal, body, deliveryBytes, seconds, keyed, p))));
        await journal.FlushAsync();
        var elapsed = watch.Elapsed.TotalSeconds;
        var cpu = Environment.CpuUsage.TotalTime - before;
        var count = counts.Sum();
        var ledger = await store.ReadLedgerAsync(default);
        if (ledger.Any(row => row.Unaccounted != 0 || row.InFlight != 0)) throw new InvalidOperationException("The ledger does not balance.");
        return (new Measurement(count / elapsed, cpu.TotalMicroseconds / count, (journal.Commits - commits) * 100.0 / count), count);
    }

    private static async Task<long> ProduceAsync(Hub.Core.Journal.Journal journal, byte[] body, int deliveryBytes, double seconds, bool keyed, int producer)
    {
        var destination = new EndpointName("crm", "deals");
        var source = new EndpointName("erp", "orders");
        var delivery = body[..deliveryBytes];
        var operations = new AcceptOperation[Window];
        var waiting = new ValueTask[Window];
        StepOutcome[] steps = [new(0, StepResultKind.Passed, 12), new(1, StepResultKind.Passed, 40), new(2, StepResultKind.Passed, 3)];
        var watch = Stopwatch.StartNew();
        var count = 0L;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            for (var i = 0; i < Window; i++)
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{producer}-{count + i:D10}");
                var message = new MessageRecord
                {
                    Id = journal.Ids.Next(), Pipeline = "erp-orders-to-crm", Endpoint = source, Key = key, DedupeKey = keyed ? key : null,
                    Body = body, Revision = "5f2a9c", ReceivedAt = TimeProvider.System.GetUtcNow(),
                };
                var outcome = new PipelineOutcome { State = MessageState.Open, Revision = "5f2a9c", Steps = steps, Deliveries = [new DeliveryRecord(destination, 0, delivery)] };
                operations[i] = new AcceptOperation(message, outcome);
#pragma warning disable CA2012 // Each is awaited once, below: that is the pipelining.
                waiting[i] = journal.CommitAsync(operations[i]);
#pragma warning restore CA2012
            }

            for (var i = 0; i < Window; i++)
            {
                await waiting[i];
                journal.Post(new SettleOperation(new DeliveryId(operations[i].Message.Id, 0), TimeProvider.System.GetUtcNow()));
            }

            count += Window;
        }

        return count;
    }
}
