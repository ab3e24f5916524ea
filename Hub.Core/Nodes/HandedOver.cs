using Hub.Core.Journal;

namespace Hub.Core.Nodes;

/// <summary>A message that another node accepted or replayed.</summary>
/// <param name="Open">The message; its place has the tenure of the group at the commit that brought it.</param>
/// <param name="IsReplayed">It was dead: its retries begin anew.</param>
public sealed record HandedOver(OpenMessage Open, bool IsReplayed);
