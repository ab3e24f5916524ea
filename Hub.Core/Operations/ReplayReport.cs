namespace Hub.Core.Operations;

/// <summary>What a replay did.</summary>
/// <param name="Replayed">Messages that are on their way again.</param>
/// <param name="NotDead">Ids that are unknown or not dead, left as they are.</param>
public sealed record ReplayReport(IReadOnlyList<string> Replayed, IReadOnlyList<string> NotDead);
