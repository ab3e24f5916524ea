using Hub.Core.Claims;
using Hub.Core.Journal;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Runtime;

/// <summary>Forgets messages that are older than the configuration keeps them, and then the large payloads that belonged to them: once an hour, a batch a commit, so that no commit is long.</summary>
internal sealed class RetentionSweep : IAsyncDisposable
{
    private const int Batch = 500;
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly HubEngine _engine;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private Task _running = Task.CompletedTask;

    public RetentionSweep(HubEngine engine, TimeProvider clock, ILogger logger)
    {
        _engine = engine;
        _clock = clock;
        _logger = logger;
        _timer = clock.CreateTimer(static state => ((RetentionSweep)state!).Begin(), this, Period, Period);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Begin()
    {
        if (_running.IsCompleted && _engine.DoesHousework) _running = SweepAsync();
    }

    private async Task SweepAsync()
    {
        try
        {
            var now = _clock.GetUtcNow();
            var definition = _engine.Definition!;
            await PurgeAsync(now - definition.KeepSettled, dead: false).ConfigureAwait(false);
            await PurgeAsync(now - definition.KeepDead, dead: true).ConfigureAwait(false);
            await new ClaimSweep(_engine.Context).RunAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (ClaimException error)
        {
            RuntimeLog.NotPurged(_logger, error.Finding);
        }
        catch (JournalException error)
        {
            RuntimeLog.NotPurged(_logger, error.Finding);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The hub stops; what is too old goes after the next start.
        }
    }

    private async Task PurgeAsync(DateTimeOffset before, bool dead)
    {
        int purged;
        do
        {
            _stop.Token.ThrowIfCancellationRequested();
            purged = await _engine.PurgeAsync(before, dead, Batch, _stop.Token).ConfigureAwait(false);
        }
        while (purged == Batch);
    }
}
