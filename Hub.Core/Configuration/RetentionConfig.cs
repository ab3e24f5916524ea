namespace Hub.Core.Configuration;

/// <summary>How long the journal keeps messages.</summary>
/// <param name="Settled">Messages that were delivered, filtered or duplicates.</param>
/// <param name="Dead">Dead letters.</param>
public sealed record RetentionConfig(TimeSpan Settled, TimeSpan Dead);
