using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Diagnostics;
using Mappings.Xrefs;

namespace Tests.Runtime;

/// <summary>The real store with a switch: from a crash on nothing reaches the file any more, as if the process were dead.</summary>
internal sealed class TestStore(IJournalStore store) : IJournalStore
{
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _dead;

    /// <summary>Called before the identity map is asked.</summary>
    public Action? BeforeFind { get; set; }

    /// <summary>Called before a group is committed.</summary>
    public Action<IReadOnlyList<JournalOperation>>? BeforeCommit { get; set; }

    /// <summary>Called after a group is durable, before anybody learns of it.</summary>
    public Action<IReadOnlyList<JournalOperation>>? AfterCommit { get; set; }

    /// <summary>Completes when the crash has come.</summary>
    public Task Crashed => _crashed.Task;

    public void Crash()
    {
        _dead = true;
        _crashed.TrySetResult();
    }

    public Task<MessageId> OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public async ValueTask CommitAsync(IReadOnlyList<JournalOperation> group, CancellationToken cancellationToken)
    {
        BeforeCommit?.Invoke(group);
        ThrowIfDead();
        await store.CommitAsync(group, cancellationToken);
        AfterCommit?.Invoke(group);
        ThrowIfDead();
    }

    public ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(MessageId after, int limit, CancellationToken cancellationToken) =>
        store.LeaseAsync(after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<PendingDelivery>> ReadDeliveriesAsync(IReadOnlyList<DeliveryId> deliveries, CancellationToken cancellationToken) =>
        store.ReadDeliveriesAsync(deliveries, cancellationToken);

    public ValueTask<IReadOnlyList<DeadLane>> ReadDeadLanesAsync(CancellationToken cancellationToken) => store.ReadDeadLanesAsync(cancellationToken);

    public ValueTask<MessageView?> FindAsync(MessageId id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<MessageSummary>> QueryAsync(MessageQuery query, CancellationToken cancellationToken) => store.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<LedgerRow>> ReadLedgerAsync(CancellationToken cancellationToken) => store.ReadLedgerAsync(cancellationToken);

    public ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken)
    {
        BeforeFind?.Invoke();
        return store.FindXrefsAsync(keys, cancellationToken);
    }

    public ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(string entity, string id, int limit, CancellationToken cancellationToken) => store.FindXrefsAsync(entity, id, limit, cancellationToken);

    public ValueTask<IReadOnlyList<MessageId>> FindWantedAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) => store.FindWantedAsync(keys, cancellationToken);

    public ValueTask<IReadOnlyList<MessageId>> FindOverdueAsync(CancellationToken cancellationToken) => store.FindOverdueAsync(cancellationToken);

    public ValueTask<StateRecord?> FindStateAsync(string kind, string key, CancellationToken cancellationToken) => store.FindStateAsync(kind, key, cancellationToken);

    public ValueTask<IReadOnlyList<StateRecord>> ListStatesAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken) =>
        store.ListStatesAsync(kind, afterKey, limit, cancellationToken);

    public ValueTask<IReadOnlyList<DeadCount>> CountDeadAsync(DeadQuery query, CancellationToken cancellationToken) => store.CountDeadAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<MessageId>> FindDeadAsync(DeadQuery query, CancellationToken cancellationToken) => store.FindDeadAsync(query, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private void ThrowIfDead()
    {
        if (_dead) throw new JournalException(Finding.Error("JRN810", SourcePosition.WholeFile("hub.db")));
    }
}
