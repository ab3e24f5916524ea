using System.Diagnostics;
using System.Globalization;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
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

    internal static Task<int> RunAsync(string[] arguments) => Rounds.RunAsync(arguments, "journal-bench", RunAsync);

    private static async Task RunAsync(int rounds, double seconds, string folder)
    {
        var body = Enumerable.Range(0, BodyBytes).Select(i => (byte)('a' + (i % 26))).ToArray();
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
    }

    private static async Task<Measurement> JournalAsync(string folder, byte[] body, double seconds, bool keyed)
    {
        foreach (var old in Directory.GetFiles(folder, "journal.db*")) File.Delete(old);
        var store = new SqliteJournalStore(new SqliteJournalStoreOptions { File = Path.Combine(folder, "journal.db") });
        await using var journal = await Hub.Core.Journal.Journal.OpenAsync(store, TimeProvider.System, new JournalOptions(), default);
        await ProduceAsync(journal, body, 0.2, keyed, 9);
        await journal.FlushAsync();
        var commits = journal.Commits;
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, Producers).Select(p => Task.Run(() => ProduceAsync(journal, body, seconds, keyed, p))));
        await journal.FlushAsync();
        var elapsed = watch.Elapsed.TotalSeconds;
        var cpu = Environment.CpuUsage.TotalTime - before;
        var count = counts.Sum();
        var ledger = await store.ReadLedgerAsync(default);
        if (ledger.Any(row => row.Unaccounted != 0 || row.InFlight != 0)) throw new InvalidOperationException("The ledger does not balance.");
        return new Measurement(count / elapsed, cpu.TotalMicroseconds / count, (journal.Commits - commits) * 100.0 / count);
    }

    private static async Task<long> ProduceAsync(Hub.Core.Journal.Journal journal, byte[] body, double seconds, bool keyed, int producer)
    {
        var destination = new EndpointName("crm", "deals");
        var source = new EndpointName("erp", "orders");
        var delivery = new byte[DeliveryBytes];
        body.AsSpan(0, DeliveryBytes).CopyTo(delivery);
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
