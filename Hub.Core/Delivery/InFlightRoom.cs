namespace Hub.Core.Delivery;

/// <summary>
/// How many messages are in flight and how many may be: the threshold of back-pressure. Receivers that poll wait here;
/// senders that are told get the time in which the surplus is likely gone. Changed under the dispatcher's lock, read anywhere.
/// </summary>
internal sealed class InFlightRoom(TimeProvider clock, int limit)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(5);

    private TaskCompletionSource? _waiters;
    private TaskCompletionSource? _empty;
    private int _count;
    private long _left;
    private long _sampledLeft;
    private long _sampledAt = clock.GetTimestamp();
    private double _perSecond;

    public int Limit { get; set; } = limit;

    public int Count => Volatile.Read(ref _count);

    public bool IsFull => Count >= Limit;

    public void Entered() => _count++;

    public void Left()
    {
        _count--;
        _left++;
        // Some slack, so that a waiting receiver is not woken for a single place.
        if (_waiters is { } waiters && _count < Limit - (Limit / 10))
        {
            _waiters = null;
            waiters.TrySetResult();
        }

        if (_count == 0 && _empty is { } empty)
        {
            _empty = null;
            empty.TrySetResult();
        }
    }

    /// <summary>Null when there is room; else what completes when there is; under the lock.</summary>
    public Task? WhenRoom() => IsFull
        ? (_waiters ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
        : null;

    /// <summary>Completes when nothing is in flight; under the lock.</summary>
    public Task WhenEmpty() => _count == 0
        ? Task.CompletedTask
        : (_empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The time in which a tenth of the room is likely to be free, from the rate at which messages leave; 1 to 30 s; under the lock.</summary>
    public TimeSpan RetryAfter()
    {
        var elapsed = clock.GetElapsedTime(_sampledAt);
        if (elapsed >= Sample || _perSecond == 0)
        {
            if (elapsed > TimeSpan.Zero) _perSecond = (_left - _sampledLeft) / elapsed.TotalSeconds;
            _sampledLeft = _left;
            _sampledAt = clock.GetTimestamp();
        }

        var surplus = _count - (Limit * 0.9);
        if (_perSecond <= 0) return LongestWait;
        var seconds = Math.Clamp(surplus / _perSecond, ShortestWait.TotalSeconds, LongestWait.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Ceiling(seconds));
    }
}
