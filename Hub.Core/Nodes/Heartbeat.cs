namespace Hub.Core.Nodes;

/// <summary>What a node says of itself with each sign of life.</summary>
/// <param name="Revision">The configuration it runs.</param>
/// <param name="IsLeaving">It stops.</param>
/// <param name="Now">The time of day by its clock.</param>
public sealed record Heartbeat(string Revision, bool IsLeaving, DateTimeOffset Now);
