using Mappings.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Schedules;

/// <summary>What schedules write to the log.</summary>
internal static partial class ScheduleLog
{
    [LoggerMessage(801, LogLevel.Information, "The schedule {Schedule} runs for {ScheduledAt}, attempt {Attempt}")]
    public static partial void Begun(ILogger logger, string schedule, DateTimeOffset scheduledAt, int attempt);

    [LoggerMessage(802, LogLevel.Error, "The schedule {Schedule} failed for {ScheduledAt}; next attempt {RetryAt}")]
    public static partial void Failed(ILogger logger, string schedule, DateTimeOffset scheduledAt, DateTimeOffset retryAt, Exception error);

    [LoggerMessage(803, LogLevel.Warning, "The schedule {Schedule} waits for the journal; nothing is skipped: {Finding}")]
    public static partial void Waits(ILogger logger, string schedule, Finding finding);

    [LoggerMessage(804, LogLevel.Warning, "The schedule {Schedule} takes over {ScheduledAt} from a node that is silent")]
    public static partial void TakenOver(ILogger logger, string schedule, DateTimeOffset scheduledAt);

    [LoggerMessage(805, LogLevel.Warning, "The schedule {Schedule} has lost {ScheduledAt} to another node")]
    public static partial void Lost(ILogger logger, string schedule, DateTimeOffset scheduledAt);

    [LoggerMessage(807, LogLevel.Error, "The schedule {Schedule} could not be looked at; it is looked at again")]
    public static partial void Broken(ILogger logger, string schedule, Exception error);

    [LoggerMessage(806, LogLevel.Warning, "The schedule {Schedule} gives up {ScheduledAt}, which failed {Attempts} times, for {Next}: {Error}")]
    public static partial void GivenUp(ILogger logger, string schedule, DateTimeOffset scheduledAt, int attempts, DateTimeOffset next, string error);
}
