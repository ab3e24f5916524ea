using Hub.Core.Runtime;
using Tests.Support;

namespace Specs.Driver;

/// <summary>
/// Lets time pass for a hub on a fake clock: from one due time to the next, and at each until everything that can go on by
/// itself has gone on. Nothing is awaited but signals.
/// </summary>
internal sealed class CompanyTime(HubEngine engine, FakeClock clock)
{
    /// <summary>Real time after which a hub that does not come to rest fails the scenario with a table of what is in flight.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What is due now happens: immediate retries, and what follows from them.</summary>
    public Task SettleAsync() => PassAsync(TimeSpan.Zero);

    public async Task PassAsync(TimeSpan time)
    {
        using var patience = new CancellationTokenSource(Patience);
        var end = clock.GetUtcNow() + time;
        await QuietAsync(patience.Token);
        while (Next() is { } next && clock.GetUtcNow() + next <= end)
        {
            clock.Advance(next);
            await QuietAsync(patience.Token);
        }

        clock.Advance(end - clock.GetUtcNow());
        await QuietAsync(patience.Token);
        await engine.Context.Journal.FlushAsync().AsTask().WaitAsync(patience.Token);

        // What has become durable may be what a held message waited for.
        await QuietAsync(patience.Token);
        await engine.Context.Journal.FlushAsync().AsTask().WaitAsync(patience.Token);
    }

    private async Task QuietAsync(CancellationToken patience)
    {
        while (!await Rest.IsReachedAsync(engine))
        {
            if (patience.IsCancellationRequested) throw new TimeoutException("The hub does not come to rest:" + Environment.NewLine + InFlightReport.Render(engine));
            await Task.Yield();
        }
    }

    /// <summary>Until the next due time, in whole milliseconds as the hub's timer counts them; null when nothing waits.</summary>
    private TimeSpan? Next()
    {
        lock (engine.Flow.Dispatcher.Sync)
        {
            return engine.Flow.Dispatcher.Timers.UntilNext is { } wait ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : null;
        }
    }
}
