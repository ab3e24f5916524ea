using Hub.Core.Journal;

namespace Hub.Core.Schedules;

/// <summary>Keeps a lease while its job runs. A job whose lease is lost, or could not be renewed for so long that it may be, is cancelled.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private readonly ScheduleLease _lease;
    private readonly ScheduleState _state;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _run;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private Task _beat = Task.CompletedTask;
    private long _renewedAt;
    private bool _ended;

    public Heartbeat(ScheduleLease lease, ScheduleState state, TimeProvider clock, TimeSpan every, TimeSpan limit, CancellationTokenSource run)
    {
        _lease = lease;
        _state = state;
        _clock = clock;
        _limit = limit;
        _run = run;
        _renewedAt = clock.GetTimestamp();
        _timer = clock.CreateTimer(static state => ((Heartbeat)state!).Beat(), this, every, every);
    }

    /// <summary>Another node has the lease, or may have it.</summary>
    public bool IsLost { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        Task beat;
        lock (_gate)
        {
            _ended = true;
            beat = _beat;
        }

        await beat.ConfigureAwait(false);
    }

    private void Beat()
    {
        lock (_gate)
        {
            if (_ended || IsLost) return;
            _beat = BehindAsync(_beat);
        }
    }

    /// <summary>One after the other: a slow journal must not make a beat fall out.</summary>
    private async Task BehindAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (!IsLost) await BeatAsync().ConfigureAwait(false);
    }

    private async Task BeatAsync()
    {
        try
        {
            await _lease.WriteAsync(_state).ConfigureAwait(false);
            _renewedAt = _clock.GetTimestamp();
            return;
        }
        catch (JournalException error) when (error.IsConflict)
        {
            IsLost = true;
        }
        catch (JournalException)
        {
            // Away for now; whether that is too long is measured here.
            IsLost = _clock.GetElapsedTime(_renewedAt) >= _limit;
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        if (IsLost) await _run.CancelAsync().ConfigureAwait(false);
    }
}
