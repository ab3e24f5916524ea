using Mappings.Diagnostics;

namespace Hub.Core.Journal;

/// <summary>Whether the journal can be written.</summary>
/// <param name="Available">While false, nothing new is accepted; the journal tries again by itself.</param>
/// <param name="Finding">Why it is not available; null when it is.</param>
/// <param name="Since">When it came to this.</param>
public sealed record JournalHealth(bool Available, Finding? Finding, DateTimeOffset Since);
