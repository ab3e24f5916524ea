using Hub.Core.Journal;

namespace Hub.Core.Nodes;

/// <summary>
/// What a journal's store offers when several hubs may keep their journal in it: membership with leases by the store's clock,
/// lane groups that one node has at a time, and messages that are handed over to the node that has their group. After
/// <see cref="JoinAsync"/> every commit of this store checks in its own transaction that the node is still a member, and
/// throws <see cref="JournalException.IsFenced"/> when it is not. A commit numbers itself from one sequence for all nodes,
/// writes for each open message whether its group was this node's, and brings what was handed over to it.
/// </summary>
public interface INodeStore
{
    /// <summary>Called on the committing thread when a commit is durable, before anybody learns of it; only when it brought something.</summary>
    Action<NodeCommit>? Committed { get; set; }

    /// <summary>Called on some thread when another node's commit tells something.</summary>
    Action<NodeSignal>? Signalled { get; set; }

    /// <summary>Becomes a member, with a new epoch and without groups. Whoever had this name before is fenced when <paramref name="first"/> is set.</summary>
    /// <param name="node">Who.</param>
    /// <param name="beat">As of now.</param>
    /// <param name="first">The hub starts. Otherwise it was fenced: another that has taken its name meanwhile keeps it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="JournalException">JRN841: a node of this name is alive. JRN842: there are 64 nodes. Or the store cannot be reached.</exception>
    Task<JoinedNode> JoinAsync(NodeOptions node, Heartbeat beat, bool first, CancellationToken cancellationToken);

    /// <summary>Renews the lease.</summary>
    /// <returns>Null when the node is no member any more.</returns>
    /// <exception cref="JournalException">The store cannot be reached.</exception>
    Task<NodeBoard?> RenewAsync(Heartbeat beat, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the membership of a node whose lease is over, after what it is committing now: when this returns true, nothing of
    /// it will be committed any more, and nobody has its groups.
    /// </summary>
    /// <returns>False when its lease is not over, when another was first, or when it cannot be kept from committing yet.</returns>
    Task<bool> FenceAsync(long epoch, CancellationToken cancellationToken);

    /// <summary>Open messages of groups in the order of their commits and ids.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="after">Only messages behind this one; null for all.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(ulong groups, OpenMessage? after, int limit, CancellationToken cancellationToken);

    /// <summary>How many messages are open in each group, and when the oldest of them was received.</summary>
    ValueTask<IReadOnlyList<GroupLag>> ReadLagAsync(CancellationToken cancellationToken);

    /// <summary>The nodes and groups as they are; for views.</summary>
    ValueTask<NodeBoard> ReadBoardAsync(CancellationToken cancellationToken);
}
