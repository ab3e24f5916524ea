namespace Hub.Core.Operations;

/// <summary>The journal as a check found it.</summary>
/// <param name="Milliseconds">Until everything that waited for its commit was durable; null when it cannot be written.</param>
/// <param name="Finding">Why it cannot be written; null when it can.</param>
public sealed record JournalReport(double? Milliseconds, FindingView? Finding);
