namespace Tests.Crash;

/// <summary>Completes a task after a number of acceptances from now: the random moment of a kill, without a clock.</summary>
internal sealed class AcceptanceSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _remaining = int.MaxValue;

    public Task After(int acceptances)
    {
        lock (_lock)
        {
            _remaining = acceptances;
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task;
        }
    }

    public void Count()
    {
        lock (_lock)
        {
            if (--_remaining == 0) _reached.SetResult();
        }
    }
}
