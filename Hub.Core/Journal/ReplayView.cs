namespace Hub.Core.Journal;

/// <summary>One replay of a message.</summary>
public sealed record ReplayView(DateTimeOffset At, string Reason);
