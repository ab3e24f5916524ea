using Mappings.Diagnostics;

namespace Hub.Core.Journal;

/// <summary>One failed attempt to deliver.</summary>
/// <param name="Number">From 1, counted over the delivery's whole life, replays included.</param>
/// <param name="At">When it ended.</param>
/// <param name="Transient">Whether it was worth another attempt.</param>
/// <param name="Error">What went wrong.</param>
public sealed record AttemptRecord(int Number, DateTimeOffset At, bool Transient, Finding Error);
