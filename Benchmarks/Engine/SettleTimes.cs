using System.Collections.Concurrent;
using System.Diagnostics;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Xrefs;

namespace Benchmarks.Engine;

/// <summary>A store that notes when the settling of each message is durable, as long as somebody asks.</summary>
internal sealed class SettleTimes(IJournalStore store) : IJournalStore
{
    /// <summary>Timestamps by message; null when nobody asks.</summary>
    public ConcurrentDictionary<MessageId, long>? Settled { get; set; }

    public Task<MessageId> OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public async ValueTask CommitAsync(IReadOnlyList<JournalOperation> group, CancellationToken cancellationToken)
    {
        await store.CommitAsync(group, cancellationToken);
        if (Settled is not { } settled) return;
        var now = Stopwatch.GetTimestamp();
        foreach (var operation in group)
        {
            if (operation is SettleOperation settle) settled[settle.Delivery.Message] = now;
        }
    }

    public ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(MessageId after, int limit, CancellationToken cancellationToken) => store.LeaseAsync(after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<PendingDelivery>> ReadDeliveriesAsync(IReadOnlyList<DeliveryId> deliveries, CancellationToken cancellationToken) => store.ReadDeliveriesAsync(deliveries, cancellationToken);

    public ValueTask<IReadOnlyList<DeadLane>> ReadDeadLanesAsync(CancellationToken cancellationToken) => store.ReadDeadLanesAsync(cancellationToken);

    public ValueTask<MessageView?> FindAsync(MessageId id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<MessageSummary>> QueryAsync(MessageQuery query, CancellationToken cancellationToken) => store.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<LedgerRow>> ReadLedgerAsync(CancellationToken cancellationToken) => store.ReadLedgerAsync(cancellationToken);

    public ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) => store.FindXrefsAsync(keys, cancellationToken);

    public ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(string entity, string id, int limit, CancellationToken cancellationToken) => store.FindXrefsAsync(entity, id, limit, cancellationToken);

    public ValueTask<IReadOnlyList<MessageId>> FindWantedAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) => store.FindWantedAsync(keys, cancellationToken);

    public ValueTask<IReadOnlyList<MessageId>> FindOverdueAsync(CancellationToken cancellationToken) => store.FindOverdueAsync(cancellationToken);

    public ValueTask<StateRecord?> FindStateAsync(string kind, string key, CancellationToken cancellationToken) => store.FindStateAsync(kind, key, cancellationToken);

    public ValueTask<IReadOnlyList<StateRecord>> ListStatesAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken) =>
        store.ListStatesAsync(kind, afterKey, limit, cancellationToken);

    public ValueTask<IReadOnlyList<DeadCount>> CountDeadAsync(DeadQuery query, CancellationToken cancellationToken) => store.CountDeadAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<MessageId>> FindDeadAsync(DeadQuery query, CancellationToken cancellationToken) => store.FindDeadAsync(query, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
