using System.Diagnostics;

namespace Benchmarks.Delivery;

/// <summary>A steady rate for long: what the last sixth is beside the first. With an hour these are ten minutes each.</summary>
internal static class HourRun
{
    private const int PerSecond = 2_000;
    private const int Parts = 6;

    /// <returns>1 when throughput, latency or memory of the last part are more than a tenth worse than those of the first.</returns>
    public static async Task<int> RunAsync(Contender contender, BenchContext bench, TimeSpan length)
    {
        var times = new List<double>();
        await contender.Prepare();
        await bench.Queues.ResetAsync(bench.QueueType);
        using var children = contender.Start(bench.Log(contender.Name + " hour"));
        await using var consumer = await bench.Queues.ConsumeAsync(time =>
        {
            lock (times) times.Add(time);
        });
        await bench.Queues.PublishAsync(PerSecond, 10);
        var parts = new List<Part>();
        for (var part = 1; part <= Parts; part++)
        {
            lock (times) times.Clear();
            var watch = Stopwatch.StartNew();
            var before = bench.Cpu(children.Pids);
            await bench.Queues.PublishAsync(PerSecond, length.TotalSeconds / Parts);
            var cpu = bench.Cpu(children.Pids) - before;
            lock (times)
            {
                times.Sort();
                parts.Add(new Part(times.Count / watch.Elapsed.TotalSeconds, At(0.5), At(0.99), children.Pids.Sum(CpuTimes.Megabytes), cpu.Forwarder * 1e6 / Math.Max(1, times.Count)));
            }

            Rounds.Print($"{contender.Name} part {part} of {Parts}: {parts[^1]}; waiting in the queue {await bench.Queues.CountAsync("in")}");
        }

        var (first, last) = (parts[0], parts[^1]);
        Rounds.Print($"last beside first: throughput {last.PerSecond / first.PerSecond:F2}, p50 {last.P50 / first.P50:F2}, p99 {last.P99 / first.P99:F2}, memory {last.Megabytes / first.Megabytes:F2} (goal: within 0.10 of 1)");
        return last.PerSecond < first.PerSecond * 0.9 || last.P50 > first.P50 * 1.1 || last.Megabytes > first.Megabytes * 1.1 ? 1 : 0;

        double At(double share) => times.Count == 0 ? double.NaN : times[Math.Min(times.Count - 1, (int)(share * times.Count))];
    }

    private sealed record Part(double PerSecond, double P50, double P99, double Megabytes, double CpuMicroseconds)
    {
        public override string ToString() => FormattableString.Invariant($"{PerSecond:F0}/s, p50 {P50:F2} ms, p99 {P99:F2} ms, {Megabytes:F0} MB, {CpuMicroseconds:F1} us cpu a message");
    }
}
