using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace Hub.Core.Journal;

/// <summary>What a caller awaits until its operations are durable; used again after it was awaited. Continuations never run on the committing thread.</summary>
internal sealed class CommitTicket : IValueTaskSource
{
    private const int MostPooled = 4096;

    private static readonly ConcurrentQueue<CommitTicket> Pool = new();

    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

    internal ValueTask Task => new(this, _core.Version);

    internal static CommitTicket Take() => Pool.TryDequeue(out var ticket) ? ticket : new CommitTicket();

    internal void Complete() => _core.SetResult(true);

    internal void Fail(Exception exception) => _core.SetException(exception);

    public void GetResult(short token)
    {
        try
        {
            _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            if (Pool.Count < MostPooled) Pool.Enqueue(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
