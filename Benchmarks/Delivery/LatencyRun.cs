namespace Benchmarks.Delivery;

/// <summary>From publishing to <c>in</c> until consumed from <c>out</c>, at a steady rate.</summary>
internal static class LatencyRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <returns>Milliseconds, ascending.</returns>
    public static async Task<double[]> MeasureAsync(Contender contender, BenchContext bench, int perSecond, double seconds)
    {
        var warm = true;
        var times = new List<double>();
        var arrived = 0;
        await contender.Prepare();
        await bench.Queues.ResetAsync(bench.QueueType);
        using var children = contender.Start(bench.Log(contender.Name + " latency"));
        await using var consumer = await bench.Queues.ConsumeAsync(time =>
        {
            lock (times)
            {
                arrived++;
                if (!warm) times.Add(time);
            }
        });
        await bench.Queues.PublishAsync(perSecond, 8);
        await WaitAsync(() => arrived >= perSecond * 8);
        lock (times) warm = false;
        await bench.Queues.PublishAsync(perSecond, seconds);
        await WaitAsync(() => times.Count >= perSecond * seconds);
        lock (times) return [.. times.Order()];

        async Task WaitAsync(Func<bool> isReady)
        {
            using var timer = new PeriodicTimer(Look);
            for (var i = 0; i < 200; i++)
            {
                lock (times)
                {
                    if (isReady()) return;
                }

                await timer.WaitForNextTickAsync();
            }
        }
    }
}
