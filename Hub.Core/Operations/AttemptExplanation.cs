namespace Hub.Core.Operations;

/// <summary>One attempt that failed.</summary>
public sealed record AttemptExplanation(int Number, DateTimeOffset At, bool Transient, FindingView Error);
