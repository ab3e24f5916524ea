using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Nodes;
using Hub.Storage.PostgreSql;
using Mappings.Diagnostics;
using Mappings.Xrefs;

namespace Tests.Nodes;

/// <summary>The real store of one node with switches: dead (a killed process), away (no connection), frozen (a process that stands still).</summary>
internal sealed class NodeTestStore(PostgreSqlJournalStore store) : IJournalStore, INodeStore
{
    private readonly object _gate = new();
    private readonly List<(Func<NodeBoard, bool> Wanted, TaskCompletionSource<NodeBoard> Seen)> _waiting = [];
    private volatile TaskCompletionSource? _frozen;
    private volatile bool _away;
    private bool _disposed;

    public Action<NodeCommit>? Committed
    {
        get => store.Committed;
        set => store.Committed = value;
    }

    public Action<NodeSignal>? Signalled
    {
        get => store.Signalled;
        set => store.Signalled = signal =>
        {
            if (!_away && HearsOthers) value?.Invoke(signal);
        };
    }

    /// <summary>Notices of other nodes come through.</summary>
    public bool HearsOthers { get; set; } = true;

    /// <summary>How often this node has joined.</summary>
    public int Joined { get; private set; }

    /// <summary>Called before a group is committed.</summary>
    public Action<IReadOnlyList<JournalOperation>>? BeforeCommit { get; set; }

    /// <summary>Nothing reaches the database any more.</summary>
    public void GoAway() => _away = true;

    public void ComeBack() => _away = false;

    public void Freeze() => _frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw()
    {
        var frozen = _frozen;
        _frozen = null;
        frozen?.TrySetResult();
    }

    /// <summary>Completes with the first board that this node sees and that is as wanted.</summary>
    public Task<NodeBoard> SeesAsync(Func<NodeBoard, bool> wanted)
    {
        var seen = new TaskCompletionSource<NodeBoard>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _waiting.Add((wanted, seen));
        return seen.Task;
    }

    public Task<MessageId> OpenAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public async ValueTask CommitAsync(IReadOnlyList<JournalOperation> group, CancellationToken cancellationToken)
    {
        await PassAsync();
        BeforeCommit?.Invoke(group);
        await store.CommitAsync(group, cancellationToken);
        await PassAsync();
    }

    public async Task<JoinedNode> JoinAsync(NodeOptions node, Heartbeat beat, bool first, CancellationToken cancellationToken)
    {
        await PassAsync();
        var joined = await store.JoinAsync(node, beat, first, cancellationToken);
        Joined++;
        return joined;
    }

    public async Task<NodeBoard?> RenewAsync(Heartbeat beat, CancellationToken cancellationToken)
    {
        await PassAsync();
        var board = await store.RenewAsync(beat, cancellationToken);
        await PassAsync();
        if (board is null) return null;
        lock (_gate)
        {
            foreach (var (_, seen) in _waiting.Where(w => w.Wanted(board))) seen.TrySetResult(board);
            _waiting.RemoveAll(w => w.Seen.Task.IsCompleted);
        }

        return board;
    }

    public async Task<bool> FenceAsync(long epoch, CancellationToken cancellationToken)
    {
        await PassAsync();
        return await store.FenceAsync(epoch, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(ulong groups, OpenMessage? after, int limit, CancellationToken cancellationToken)
    {
        await PassAsync();
        return await store.LeaseAsync(groups, after, limit, cancellationToken);
    }

    public ValueTask<IReadOnlyList<GroupLag>> ReadLagAsync(CancellationToken cancellationToken) => store.ReadLagAsync(cancellationToken);

    public ValueTask<NodeBoard> ReadBoardAsync(CancellationToken cancellationToken) => store.ReadBoardAsync(cancellationToken);

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

    public ValueTask<IReadOnlyList<StateRecord>> ListStatesAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken) => store.ListStatesAsync(kind, afterKey, limit, cancellationToken);

    public ValueTask<IReadOnlyList<DeadCount>> CountDeadAsync(DeadQuery query, CancellationToken cancellationToken) => store.CountDeadAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<MessageId>> FindDeadAsync(DeadQuery query, CancellationToken cancellationToken) => store.FindDeadAsync(query, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await store.DisposeAsync();
    }

    private async ValueTask PassAsync()
    {
        if (_frozen is { } frozen) await frozen.Task;
        if (_away) throw new JournalException(Finding.Error("JRN820", SourcePosition.WholeFile("hub.yaml"), string.Empty, ("host", "h"), ("database", "d"), ("user", "u"), ("schema", "s"), ("reason", "the test")));
    }
}
