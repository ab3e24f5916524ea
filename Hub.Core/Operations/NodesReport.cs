namespace Hub.Core.Operations;

/// <summary>The nodes that share the journal.</summary>
/// <param name="Self">The node that answers; empty when the hub is alone.</param>
/// <param name="Nodes">All of them, by name.</param>
/// <param name="FreeGroups">Lane groups that nobody has.</param>
/// <param name="FreeOpen">Messages that are open in these.</param>
/// <param name="Findings">What is wrong.</param>
public sealed record NodesReport(string Self, IReadOnlyList<NodeLine> Nodes, int FreeGroups, long FreeOpen, IReadOnlyList<FindingView> Findings)
{
    /// <summary>Of a hub that is alone.</summary>
    public static NodesReport Alone { get; } = new(string.Empty, [], 0, 0, []);
}
