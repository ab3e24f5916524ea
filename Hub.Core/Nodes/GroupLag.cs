namespace Hub.Core.Nodes;

/// <summary>What is open in a lane group.</summary>
/// <param name="Group">Which.</param>
/// <param name="Open">Messages that are not finished.</param>
/// <param name="Oldest">When the one with the lowest commit number was received; null when there is none.</param>
public sealed record GroupLag(int Group, long Open, DateTimeOffset? Oldest);
