using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Diagnostics;
using Mappings.Xrefs;

namespace Tests.Journal;

/// <summary>A store that records what it is given, holds a commit back until the test lets it go, and fails when told to.</summary>
internal sealed class FakeStore : IJournalStore
{
    private readonly object _gate = new();
    private readonly List<IReadOnlyList<JournalOperation>> _groups = [];
    private readonly SemaphoreSlim _entered = new(0);
    private TaskCompletionSource? _hold;

    internal Finding? Failure { get; set; }

    /// <summary>Operations the store refuses.</summary>
    internal HashSet<JournalOperation> Faulty { get; } = [];

    internal MessageId Highest { get; set; }

    internal bool Disposed { get; private set; }

    /// <summary>The groups that were committed, in order.</summary>
    internal IReadOnlyList<IReadOnlyList<JournalOperation>> Groups
    {
        get
        {
            lock (_gate) return [.. _groups];
        }
    }

    internal static Finding DiskFull => Finding.Error("JRN810", SourcePosition.WholeFile("journal.db"), string.Empty, ("file", "journal.db"), ("reason", "disk full"));

    internal static FakeStore Create() => new();

    /// <summary>Holds commits from now on.</summary>
    internal void Hold() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Release()
    {
        var hold = _hold;
        _hold = null;
        hold?.SetResult();
    }

    /// <summary>Waits until a commit has been handed over that was not waited for yet.</summary>
    internal Task EnteredAsync() => _entered.WaitAsync();

    public Task<MessageId> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(Highest);

    public async ValueTask CommitAsync(IReadOnlyList<JournalOperation> group, CancellationToken cancellationToken)
    {
        JournalOperation[] copy = [.. group];
        var hold = _hold;
        var failure = Failure;
        _entered.Release();
        if (hold is not null) await hold.Task;
        if (failure is not null) throw new JournalException(failure);
        if (copy.Any(Faulty.Contains)) throw JournalException.Refused(SourcePosition.None, "faulty");
        lock (_gate) _groups.Add(copy);
    }

    public ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(MessageId after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<PendingDelivery>> ReadDeliveriesAsync(IReadOnlyList<DeliveryId> deliveries, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<DeadLane>> ReadDeadLanesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<MessageView?> FindAsync(MessageId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<MessageSummary>> QueryAsync(MessageQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<LedgerRow>> ReadLedgerAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(string entity, string id, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<MessageId>> FindWantedAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<MessageId>> FindOverdueAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<StateRecord?> FindStateAsync(string kind, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<StateRecord>> ListStatesAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<DeadCount>> CountDeadAsync(DeadQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<MessageId>> FindDeadAsync(DeadQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
