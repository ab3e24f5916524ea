using Hub.Core.Journal;
using Hub.Core.Nodes;
using Hub.Storage.PostgreSql.Nodes;

namespace Hub.Storage.PostgreSql;

/// <content>The journal of several nodes.</content>
public sealed partial class PostgreSqlJournalStore : INodeStore
{
    private PgNodes? _nodes;
    private NodeCommits? _commits;

    /// <inheritdoc />
    public Action<NodeCommit>? Committed
    {
        get => Commits.Committed;
        set => Commits.Committed = value;
    }

    /// <inheritdoc />
    public Action<NodeSignal>? Signalled
    {
        get => Nodes.Signalled;
        set => Nodes.Signalled = value;
    }

    private PgNodes Nodes => _nodes ?? throw new InvalidOperationException("The journal's store is not open.");

    private NodeCommits Commits => _commits ?? throw new InvalidOperationException("The journal's store is not open.");

    /// <inheritdoc />
    public Task<JoinedNode> JoinAsync(NodeOptions node, Heartbeat beat, bool first, CancellationToken cancellationToken) => Nodes.JoinAsync(node, beat, first, cancellationToken);

    /// <inheritdoc />
    public Task<NodeBoard?> RenewAsync(Heartbeat beat, CancellationToken cancellationToken) => Nodes.RenewAsync(beat, cancellationToken);

    /// <inheritdoc />
    public Task<bool> FenceAsync(long epoch, CancellationToken cancellationToken) => Nodes.FenceAsync(epoch, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(ulong groups, OpenMessage? after, int limit, CancellationToken cancellationToken) =>
        Nodes.LeaseAsync(groups, after, limit, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<GroupLag>> ReadLagAsync(CancellationToken cancellationToken) => Nodes.ReadLagAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask<NodeBoard> ReadBoardAsync(CancellationToken cancellationToken) => Nodes.ReadBoardAsync(cancellationToken);
}
