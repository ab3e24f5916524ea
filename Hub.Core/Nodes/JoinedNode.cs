using Hub.Abstractions.Messages;

namespace Hub.Core.Nodes;

/// <summary>What a node gets when it joins.</summary>
/// <param name="Epoch">Of this life; above 0.</param>
/// <param name="Slot">A number below <see cref="LaneGroups.Count"/> that no other living node has: its message ids bear it.</param>
/// <param name="Highest">The highest message id the store has seen.</param>
/// <param name="Now">The store's time of day.</param>
public sealed record JoinedNode(long Epoch, int Slot, MessageId Highest, DateTimeOffset Now);
