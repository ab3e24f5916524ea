namespace Hub.Core.Operations;

/// <summary>One node at this moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>alive</c>, <c>leaving</c> or <c>late</c>: its lease is over, and the others are taking its lanes over.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Revision">The configuration it runs.</param>
/// <param name="Groups">Lane groups it has, of 64.</param>
/// <param name="Open">Messages that are open in them.</param>
/// <param name="OldestSeconds">How long the oldest of these has waited; null when there is none.</param>
/// <param name="HeartbeatSeconds">Since its last sign of life, by the database's clock.</param>
/// <param name="ClockSeconds">How far its clock is before the database's; negative when behind.</param>
public sealed record NodeLine(
    string Name, string State, string Address, string Revision, int Groups, long Open, double? OldestSeconds, double HeartbeatSeconds, double ClockSeconds);
