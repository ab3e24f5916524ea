namespace Hub.Core.Nodes;

/// <summary>What a commit brought this node.</summary>
/// <param name="Taken">Groups that are this node's from this commit on.</param>
/// <param name="Arrived">Open messages that others accepted or replayed for its groups, in the order of their commits.</param>
public sealed record NodeCommit(IReadOnlyList<(int Group, long Tenure)> Taken, IReadOnlyList<HandedOver> Arrived);
