using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>How long the journal keeps messages.</summary>
/// <param name="Settled">Messages that were delivered, filtered or duplicates.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="At">When what is too old goes, as a cron expression; null for hourly.</param>
/// <param name="Zone">The IANA time zone of <paramref name="At"/>; null for UTC.</param>
public sealed record RetentionConfig(TimeSpan Settled, TimeSpan Dead, SpecItem? At, SpecItem? Zone);
