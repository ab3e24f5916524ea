namespace Hub.Core.Nodes;

/// <summary>Where an open message belongs, as the store decided when it was committed.</summary>
/// <param name="Group">Its lane group.</param>
/// <param name="Tenure">Which of this node's times of having the group it fell into; 0 when the group was not this node's: the message was handed over.</param>
/// <param name="Commit">The number of its commit: the order in which open messages of a lane are worked on.</param>
public readonly record struct LanePlace(int Group, long Tenure, long Commit);
