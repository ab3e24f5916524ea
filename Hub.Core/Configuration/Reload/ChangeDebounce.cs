namespace Hub.Core.Configuration.Reload;

/// <summary>
/// Waits until a burst of signals is over: an editor saves in several steps, a deployment copies many files.
/// </summary>
public sealed class ChangeDebounce : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _quiet;
    private readonly TimeSpan _longest;
    private readonly Action _settled;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long? _first;

    /// <param name="quiet">Time without a signal after which the burst is over.</param>
    /// <param name="longest">Time after which a burst that never ends is acted on all the same.</param>
    /// <param name="settled">Called once for each burst, on a timer's thread.</param>
    public ChangeDebounce(TimeProvider clock, TimeSpan quiet, TimeSpan longest, Action settled)
    {
        _clock = clock;
        _quiet = quiet;
        _longest = longest;
        _settled = settled;
        _timer = clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Signal()
    {
        lock (_lock)
        {
            _first ??= _clock.GetTimestamp();
            var left = _longest - _clock.GetElapsedTime(_first.Value);
            var wait = left < _quiet ? left : _quiet;
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        lock (_lock)
        {
            if (_first is null) return;
            _first = null;
        }

        _settled();
    }
}
