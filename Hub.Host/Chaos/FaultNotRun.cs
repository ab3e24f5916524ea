namespace Hub.Host.Chaos;

/// <summary>A fault that could not be tried.</summary>
/// <param name="Fault">Its kind.</param>
/// <param name="Reason">The key of the reason in the texts: <c>chaos.notrun.REASON</c>.</param>
internal sealed record FaultNotRun(string Fault, string Reason);
