using Hub.Core.Journal;
using Hub.Core.Runtime;

namespace Hub.Core.Delivery;

/// <summary>
/// The messages that only their sources keep (<c>durability: broker</c>). One that goes well is counted and was never a row.
/// Whatever else happens to one, it becomes a message of the journal first, with what is known of it in one commit, and so do
/// those behind it in its lane: nobody holds a message un-acknowledged through the waits of a retry, and the lane's order
/// survives a crash. Under the dispatcher's lock.
/// </summary>
internal sealed class UnackedTable(MessageFlow flow, FlowContext context) : ITimed
{
    /// <summary>The longest that a source is asked to keep a message: brokers close the channel of one that is held too long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Dispatcher _dispatcher = context.Dispatcher;
    private UnackedMessage? _first;
    private UnackedMessage? _last;
    private TaskCompletionSource? _empty;
    private bool _watching;

    public LedgerCounts Counts { get; } = new(context);

    public int Count { get; private set; }

    /// <summary>Takes a message in.</summary>
    public void Add(UnackedMessage unacked)
    {
        unacked.Message.Unacked = unacked;
        unacked.Since = _dispatcher.Timers.Now;
        unacked.Earlier = _last;
        if (_last is null) _first = unacked;
        else _last.Later = unacked;
        _last = unacked;
        Count++;
        if (_watching) return;
        _watching = true;
        _dispatcher.Timers.Schedule(this, unacked.Since + Patience);
    }

    /// <summary>All its deliveries are confirmed, or a step filtered it.</summary>
    public void Succeeded(UnackedMessage unacked)
    {
        unacked.Message.Unacked = null;
        if (unacked.Outcome!.State == MessageState.Filtered) Counts.Filtered(unacked.Record.Pipeline);
        else Counts.Delivered(unacked.Record.Pipeline);
        Remove(unacked);
        unacked.End(true);
    }

    /// <summary>Makes it a message of the journal, together with what has just been learnt of it, and so those behind it in its lane.</summary>
    /// <returns>False when the journal is closed.</returns>
    public bool Journal(UnackedMessage unacked, JournalOperation? learnt)
    {
        if (!Post(unacked, learnt)) return false;
        for (var behind = unacked.Message.BehindInLane; behind is not null; behind = behind.BehindInLane)
        {
            if (behind.Unacked is { } next && !Post(next, null)) return false;
        }

        return true;
    }

    /// <summary>Waits until nobody waits for an end any more; those that take longer are told to hand their messages out again.</summary>
    public async Task DrainAsync(TimeSpan limit)
    {
        Task empty;
        lock (_dispatcher.Sync)
        {
            if (Count == 0) return;
            _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            empty = _empty.Task;
        }

        try
        {
            await empty.WaitAsync(limit, context.Clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            lock (_dispatcher.Sync) Drop();
        }
    }

    void ITimed.Due(TimeSpan now)
    {
        _watching = false;
        for (var unacked = _first; unacked is not null; unacked = unacked.Later)
        {
            if (unacked.IsPosted) continue;
            if (unacked.Since + Patience > now)
            {
                _watching = true;
                _dispatcher.Timers.Schedule(this, unacked.Since + Patience);
                return;
            }

            Journal(unacked, null);
        }
    }

    private bool Post(UnackedMessage unacked, JournalOperation? learnt)
    {
        var message = unacked.Message;
        var record = unacked.Record;
        if (message.DeliveryKey is { } key) record = record with { Attributes = record.Attributes with { DeliveryKey = key } };
        var accept = new AcceptOperation(record, unacked.Outcome) { StaysHere = true };
        var operations = new List<JournalOperation> { accept };
        var now = context.Clock.GetUtcNow();
        foreach (var delivery in message.Deliveries ?? [])
        {
            if (delivery.Stage == DeliveryStage.Settled) operations.Add(new SettleOperation(delivery.Id, now));
        }

        if (learnt is not null) operations.Add(learnt);
        message.Unacked = null;
        unacked.IsPosted = true;
        _dispatcher.Pending++;
        var commit = context.Journal.CommitKeptAsync(operations);
        var isClosed = commit.IsFaulted;
        _ = FollowAsync(unacked, accept, commit);
        return !isClosed;
    }

    private async Task FollowAsync(UnackedMessage unacked, AcceptOperation accept, ValueTask commit)
    {
        JournalException? reason = null;
        var closed = false;
        try
        {
            await commit.ConfigureAwait(false);
        }
        catch (JournalException error)
        {
            reason = error;
            RuntimeLog.JournalRefused(context.Logger, error.Finding);
        }
        catch (ObjectDisposedException)
        {
            closed = true;
        }

        lock (_dispatcher.Sync)
        {
            _dispatcher.Pending--;
            Remove(unacked);
            if (reason is not null)
            {
                unacked.Fail(reason);
                if (reason.IsFenced) flow.LetGo(unacked.Message);
            }
            else if (closed) unacked.End(false);
            else
            {
                unacked.Message.InJournal = true;
                unacked.End(true);
                flow.Kept(unacked.Message, accept.Place);
            }

            _dispatcher.SignalQuiet();
        }
    }

    /// <summary>The hub stops: what nobody will learn the end of is left to its source.</summary>
    private void Drop()
    {
        for (var unacked = _first; unacked is not null; unacked = unacked.Later)
        {
            unacked.Message.Unacked = null;
            unacked.End(false);
        }

        _first = _last = null;
        Count = 0;
    }

    private void Remove(UnackedMessage unacked)
    {
        if (unacked.HasEnded) return;
        if (unacked.Earlier is { } earlier) earlier.Later = unacked.Later;
        else _first = unacked.Later;
        if (unacked.Later is { } later) later.Earlier = unacked.Earlier;
        else _last = unacked.Earlier;
        unacked.Earlier = unacked.Later = null;
        Count--;
        if (Count == 0) _empty?.TrySetResult();
    }
}
