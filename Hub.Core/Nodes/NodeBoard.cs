namespace Hub.Core.Nodes;

/// <summary>The nodes and who has which lane group, as the store said at one moment.</summary>
/// <param name="Nodes">All that have joined and not left, those whose lease is over included.</param>
/// <param name="Owners">The epoch of the node that has each group; 0 when nobody has it.</param>
/// <param name="Now">The store's time of day.</param>
public sealed record NodeBoard(IReadOnlyList<NodeState> Nodes, IReadOnlyList<long> Owners, DateTimeOffset Now)
{
    /// <summary>Messages wait that were handed over to the node that asked.</summary>
    public bool HasHandedOver { get; init; }

    /// <summary>The groups of a node; with 0 those that nobody has.</summary>
    public ulong Groups(long epoch)
    {
        var groups = 0UL;
        for (var i = 0; i < Owners.Count; i++)
        {
            if (Owners[i] == epoch) groups |= 1UL << i;
        }

        return groups;
    }
}
