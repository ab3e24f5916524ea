namespace Hub.Core.Nodes;

/// <summary>A node as the others see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Epoch">Which of its lives: every time it joins it gets a new one, and none is given twice.</param>
/// <param name="Address">Where its operations API listens.</param>
/// <param name="Revision">The configuration it runs.</param>
/// <param name="Lease">How long it is taken for alive after a heartbeat.</param>
/// <param name="Heartbeat">Its last sign of life, by the store's clock.</param>
/// <param name="IsAlive">Its lease is not over, by the store's clock.</param>
/// <param name="IsLeaving">It stops: it gives its groups up and takes none.</param>
/// <param name="ClockAhead">How far its clock is before the store's; negative when it is behind.</param>
public sealed record NodeState(
    string Name, long Epoch, string Address, string Revision, TimeSpan Lease, DateTimeOffset Heartbeat, bool IsAlive, bool IsLeaving, TimeSpan ClockAhead);
