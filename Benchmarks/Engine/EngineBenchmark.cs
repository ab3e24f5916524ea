using System.Text;
using Benchmarks.Journal;
using Hub.Storage.PostgreSql;

namespace Benchmarks.Engine;

/// <summary>
/// The hub without HTTP beside the bare limit, in interleaved rounds: 1 KB messages, SQLite with synchronous=FULL, accepted,
/// mapped, delivered to a target in this process and settled; then the time until settled at 500 messages a second.
/// </summary>
internal static class EngineBenchmark
{
    private const int Senders = 256;
    private const int Pace = 500;

    internal static Task<int> RunAsync(string[] arguments) => Rounds.RunAsync(arguments, "engine-bench", (rounds, seconds, folder) => RunAsync(arguments, rounds, seconds, folder));

    private static async Task RunAsync(string[] arguments, int rounds, double seconds, string folder)
    {
        var body = Encoding.UTF8.GetBytes(new string('x', 1024));
        var ratios = new List<double>();
        // The first round pays for the compiler of the runtime, which a hub that runs for months has long forgotten.
        await using (var warm = await EngineRound.StartAsync(folder)) await warm.SaturateAsync(Senders, 2);
        for (var round = 0; round < rounds; round++)
        {
            var forward = ForwardYardstick.Run(folder, body, seconds);
            await using var engine = await EngineRound.StartAsync(folder);
            var (measured, allocated) = await engine.SaturateAsync(Senders, seconds);
            ratios.Add(measured.PerSecond / forward.PerSecond);
            Rounds.Print($"forward {forward}   engine {measured}, {allocated:N0} bytes allocated a message   ratio {ratios[^1]:F2} by the clock, {forward.CpuMicroseconds / measured.CpuMicroseconds:F2} by cpu");
        }

        foreach (var durability in (string[])["broker", "journal"])
        {
            // What the hub itself costs when answers come from elsewhere: under broker nothing is written but counts.
            await using var later = await EngineRound.StartAsync(folder, durability, confirmsLater: true);
            var (measured, allocated) = await later.SaturateAsync(Senders, Math.Max(2, seconds));
            Rounds.Print($"durability: {durability}, confirmed later {measured}, {allocated:N0} bytes allocated a message");
        }

        if (arguments.Length > 2)
        {
            await using var postgres = await EngineRound.StartAsync(folder, confirmsLater: true, store: new PostgreSqlJournalStore(new PostgreSqlJournalStoreOptions { Connection = arguments[2] }));
            var (measured, allocated) = await postgres.SaturateAsync(Senders, Math.Max(2, seconds));
            Rounds.Print($"durability: journal on PostgreSQL, confirmed later {measured}, {allocated:N0} bytes allocated a message");
            var settled = await postgres.PaceAsync(Pace, Math.Max(2, seconds));
            Rounds.Print($"at {Pace}/s from handing in until settled on PostgreSQL: p50 {settled[settled.Length / 2]:F2} ms, p99 {settled[settled.Length * 99 / 100]:F2} ms");
        }

        Rounds.Print($"median ratio {Rounds.Median(ratios):F2} (goal 0.30, aim 0.50)");
        await using var paced = await EngineRound.StartAsync(folder);
        await paced.PaceAsync(Pace, 1);
        var times = await paced.PaceAsync(Pace, Math.Max(2, seconds));
        Rounds.Print($"at {Pace}/s from handing in until settled: p50 {times[times.Length / 2]:F2} ms, p99 {times[times.Length * 99 / 100]:F2} ms");
    }
}
