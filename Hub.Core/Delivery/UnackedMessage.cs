using System.Threading.Tasks.Sources;
using Hub.Core.Journal;

namespace Hub.Core.Delivery;

/// <summary>
/// A message that only its source keeps: whoever handed it in waits for its end before he acknowledges it. Under the
/// dispatcher's lock, but for the wait.
/// </summary>
internal sealed class UnackedMessage(ActiveMessage message, MessageRecord record) : IValueTaskSource<bool>
{
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

    public ActiveMessage Message { get; } = message;

    public MessageRecord Record { get; } = record;

    /// <summary>Null while its pipeline has yet to end.</summary>
    public PipelineOutcome? Outcome { get; set; }

    /// <summary>When it was taken in, in monotonic time.</summary>
    public TimeSpan Since { get; set; }

    /// <summary>The journal was given it, and has yet to confirm.</summary>
    public bool IsPosted { get; set; }

    public bool HasEnded { get; private set; }

    public UnackedMessage? Earlier { get; set; }

    public UnackedMessage? Later { get; set; }

    /// <summary>
    /// True when it was delivered, filtered, or is durable in the journal: its source may forget it. False when the hub stops:
    /// its source has to hand it out again. Throws the journal's reason when the journal will never take it.
    /// </summary>
    public ValueTask<bool> Ended => new(this, _core.Version);

    public void End(bool accepted)
    {
        if (HasEnded) return;
        HasEnded = true;
        _core.SetResult(accepted);
    }

    public void Fail(JournalException reason)
    {
        if (HasEnded) return;
        HasEnded = true;
        _core.SetException(reason);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
