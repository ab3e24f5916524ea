using Hub.Abstractions.Connectors;

namespace Tests.Runtime;

/// <summary>A target that lets the test decide when it answers.</summary>
internal sealed class Latch : IDisposable
{
    private readonly SemaphoreSlim _arrived = new(0);
    private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _inside;

    public int MostInside { get; private set; }

    public async ValueTask HoldAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        lock (_arrived) MostInside = Math.Max(MostInside, ++_inside);
        _arrived.Release();
        try
        {
            await _open.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_arrived) _inside--;
        }
    }

    /// <summary>Completes when this many attempts have come since the last call.</summary>
    public async Task ArrivedAsync(int count = 1)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var i = 0; i < count; i++) await _arrived.WaitAsync(patience.Token);
    }

    public void Dispose() => _arrived.Dispose();

    public void Open() => _open.TrySetResult();

    public void Fail(Exception error)
    {
        var open = _open;
        _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open.TrySetException(error);
    }
}
