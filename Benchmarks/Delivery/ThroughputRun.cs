using System.Diagnostics;

namespace Benchmarks.Delivery;

/// <summary>
/// Fills <c>in</c>, starts a forwarder and measures it warm: the clock starts when 60% have arrived in <c>out</c> and ends at
/// 98%. Microseconds of CPU a message are what to compare on a machine that does other things too.
/// </summary>
internal static class ThroughputRun
{
    private const double From = 0.6;
    private const double To = 0.98;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <param name="PerSecond">Messages a second.</param>
    /// <param name="Cpu">Microseconds a message.</param>
    /// <param name="CommitsPerHundred">Null when they cannot be counted from outside.</param>
    /// <param name="Megabytes">Resident memory of the forwarder at the end.</param>
    internal sealed record Result(double PerSecond, CpuTimes Cpu, double? CommitsPerHundred, double Megabytes)
    {
        public double CpuOfAll => Cpu.Forwarder + Cpu.Broker + Cpu.Database;
    }

    /// <returns>Null when it did not get through; its log says why.</returns>
    public static async Task<Result?> MeasureAsync(Contender contender, BenchContext bench, int messages)
    {
        var count = (int)(messages * contender.Messages);
        await contender.Prepare();
        await bench.Queues.ResetAsync(bench.QueueType);
        await bench.Queues.FillAsync(count);
        using var children = contender.Start(bench.Log(contender.Name));
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Look);
        (double At, long Count, CpuTimes Cpu, long Commits)? from = null;
        while (watch.Elapsed < Patience && !children.HaveEnded)
        {
            var arrived = await bench.Queues.CountAsync("out");
            if (from is null && arrived >= count * From) from = (watch.Elapsed.TotalSeconds, arrived, bench.Cpu(children.Pids), await CommitsAsync(contender));
            if (arrived >= count * To && from is { } begin)
            {
                var seconds = watch.Elapsed.TotalSeconds - begin.At;
                var moved = arrived - begin.Count;
                var cpu = bench.Cpu(children.Pids) - begin.Cpu;
                var commits = contender.Commits is null ? (double?)null : (await CommitsAsync(contender) - begin.Commits - 1) * 100.0 / moved;
                return new Result(
                    moved / seconds, new CpuTimes(cpu.Forwarder * 1e6 / moved, cpu.Broker * 1e6 / moved, cpu.Database * 1e6 / moved), commits, children.Pids.Sum(CpuTimes.Megabytes));
            }

            await timer.WaitForNextTickAsync();
        }

        return null;
    }

    private static async Task<long> CommitsAsync(Contender contender) => contender.Commits is { } commits ? await commits() : 0;
}
