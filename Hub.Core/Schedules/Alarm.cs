using Hub.Core.Delivery;

namespace Hub.Core.Schedules;

/// <summary>Lets one piece of work sleep. While it does not, the hub is not quiet.</summary>
internal sealed class Alarm : IAsyncDisposable
{
    private readonly Dispatcher _dispatcher;
    private readonly ITimer _timer;
    private TaskCompletionSource? _sleeper;
    private bool _rung;
    private bool _left;

    public Alarm(Dispatcher dispatcher, TimeProvider clock)
    {
        _dispatcher = dispatcher;
        _timer = clock.CreateTimer(static state => ((Alarm)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (dispatcher.Sync) dispatcher.Pending++;
    }

    /// <summary>Sleeps for a time, or until <see cref="Ring"/>.</summary>
    public Task SleepAsync(TimeSpan wait)
    {
        lock (_dispatcher.Sync)
        {
            if (_rung) return Task.CompletedTask;
            _sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            _dispatcher.Pending--;
            _dispatcher.SignalQuiet();
            return _sleeper.Task;
        }
    }

    /// <summary>Wakes it for good.</summary>
    public void Ring()
    {
        lock (_dispatcher.Sync) _rung = true;
        Wake();
    }

    /// <summary>The work has ended.</summary>
    public void Leave()
    {
        lock (_dispatcher.Sync)
        {
            if (_left) return;
            _left = true;
            _dispatcher.Pending--;
            _dispatcher.SignalQuiet();
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Wake()
    {
        TaskCompletionSource? sleeper;
        lock (_dispatcher.Sync)
        {
            sleeper = _sleeper;
            _sleeper = null;
            if (sleeper is not null) _dispatcher.Pending++;
        }

        sleeper?.TrySetResult();
    }
}
