using Hub.Core.Delivery;
using Hub.Core.Journal;

namespace Hub.Core.Schedules;

/// <summary>
/// Runs one job at the times of its schedule, each time by one node of the cluster. A time is taken by writing it into the
/// schedule's document over the version that was read; what is done is told by the document's watermark. So nothing is fired
/// twice by two nodes, and nothing is skipped because the journal was away: it is late.
/// </summary>
internal sealed class ScheduleRunner : IAsyncDisposable
{
    /// <summary>A node whose document does not change for this long is dead: another takes over.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_beat = Lease / 3;
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromMinutes(10);

    private readonly ScheduledJob _job;
    private readonly FlowContext _context;
    private readonly TimeProvider _clock;
    private readonly ScheduleLease _lease;
    private readonly string _owner;
    private readonly DateTimeOffset _since;
    private readonly Alarm _alarm;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public ScheduleRunner(ScheduledJob job, string owner, FlowContext context)
    {
        _job = job;
        _owner = owner;
        _context = context;
        _clock = context.Clock;
        _lease = new ScheduleLease(job.Schedule.Name, context.Journal, _clock);
        _since = _clock.GetUtcNow();
        _alarm = new Alarm(context.Dispatcher, _clock);
        _work = Task.Run(RunAsync);
    }

    public ScheduleDefinition Schedule => _job.Schedule;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _alarm.Ring();
        await _work.ConfigureAwait(false);
        await _alarm.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var wait = await TryStepAsync().ConfigureAwait(false);
                if (wait > TimeSpan.Zero) await _alarm.SleepAsync(wait < s_longestSleep ? wait : s_longestSleep).ConfigureAwait(false);
            }
        }
        catch (Exception stopped) when (stopped is ObjectDisposedException or OperationCanceledException)
        {
            // The hub stops: what is due is done after the next start, or by another node.
        }
        finally
        {
            _alarm.Leave();
        }
    }

    private async Task<TimeSpan> TryStepAsync()
    {
        try
        {
            return await StepAsync().ConfigureAwait(false);
        }
        catch (JournalException error) when (error.IsConflict)
        {
            // Another node was first: what it has written says what is left to do.
            return TimeSpan.Zero;
        }
        catch (JournalException error)
        {
            ScheduleLog.Waits(_context.Logger, Schedule.Name, error.Finding);
            return s_pause;
        }
        catch (Exception error) when (error is not (ObjectDisposedException or OperationCanceledException))
        {
            ScheduleLog.Broken(_context.Logger, Schedule.Name, error);
            return s_longestSleep;
        }
    }

    /// <returns>How long to wait before the next step.</returns>
    private async Task<TimeSpan> StepAsync()
    {
        await _lease.ReadAsync(_stop.Token).ConfigureAwait(false);
        var state = _lease.State!;
        var now = _clock.GetUtcNow();
        if (state is { Current: { } current, Owner: not null })
        {
            var left = Lease - _lease.Silent;
            if (left > TimeSpan.Zero) return left;
            ScheduleLog.TakenOver(_context.Logger, Schedule.Name, current);
            return await WorkAsync(state, current).ConfigureAwait(false);
        }

        var due = DueTime.Next(Schedule, state.Watermark, now, _since);
        if (state.Current is { } failed) return await AgainAsync(state, failed, now).ConfigureAwait(false);
        if (due is not { } next) return s_longestSleep;
        if (next > now) return next - now;

        return await WorkAsync(state, next).ConfigureAwait(false);
    }

    /// <summary>The last attempt at a time has failed, or its node has stopped: again, unless a later time covers it.</summary>
    private async Task<TimeSpan> AgainAsync(ScheduleState state, DateTimeOffset failed, DateTimeOffset now)
    {
        if (Schedule.CatchUp != CatchUp.All && DueTime.Newest(Schedule.Times, failed, now) is { } newer)
        {
            ScheduleLog.GivenUp(_context.Logger, Schedule.Name, failed, state.Attempts, newer, state.Error ?? string.Empty);
            return await WorkAsync(state with { Attempts = 0, Error = null }, newer).ConfigureAwait(false);
        }

        if (state.RetryAt is { } at && at > now) return at - now;
        return await WorkAsync(state, failed).ConfigureAwait(false);
    }

    private async Task<TimeSpan> WorkAsync(ScheduleState state, DateTimeOffset time)
    {
        var mine = state with { Current = time, Owner = _owner, Attempts = state.Attempts + 1, RetryAt = null };
        await _lease.WriteAsync(mine).ConfigureAwait(false);
        ScheduleLog.Begun(_context.Logger, Schedule.Name, time, mine.Attempts);
        using var run = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var beating = new Heartbeat(_lease, mine, _clock, s_beat, Lease, run);
        ScheduleState after;
        try
        {
            await _job.RunAsync(new Occurrence(Schedule.Name, time, mine.Attempts), run.Token).ConfigureAwait(false);
            after = new ScheduleState { Watermark = time };
        }
        catch (Exception error) when (_stop.IsCancellationRequested && error is OperationCanceledException or ObjectDisposedException)
        {
            after = mine with { Owner = null, Attempts = mine.Attempts - 1 };
        }
        catch (Exception error)
        {
            var pause = TimeSpan.FromSeconds(10) * Math.Pow(2, Math.Min(mine.Attempts - 1, 10));
            var retryAt = _clock.GetUtcNow() + (pause < s_longestRetry ? pause : s_longestRetry);
            if (!beating.IsLost) ScheduleLog.Failed(_context.Logger, Schedule.Name, time, retryAt, error);
            after = mine with { Owner = null, RetryAt = retryAt, Error = $"{error.GetType().Name}: {error.Message}" };
        }
        finally
        {
            await beating.DisposeAsync().ConfigureAwait(false);
        }

        if (beating.IsLost) ScheduleLog.Lost(_context.Logger, Schedule.Name, time);
        else await EndAsync(after).ConfigureAwait(false);
        return TimeSpan.Zero;
    }

    /// <summary>What was done is written, however long the journal is away: it must not be done again because of that.</summary>
    private async Task EndAsync(ScheduleState after)
    {
        while (true)
        {
            try
            {
                await _lease.WriteAsync(after).ConfigureAwait(false);
                return;
            }
            catch (JournalException error) when (!error.IsConflict && !_stop.IsCancellationRequested)
            {
                ScheduleLog.Waits(_context.Logger, Schedule.Name, error.Finding);
                await _alarm.SleepAsync(s_pause).ConfigureAwait(false);
            }
        }
    }
}
