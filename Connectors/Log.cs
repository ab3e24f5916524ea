using Microsoft.Extensions.Logging;

namespace Connectors;

/// <summary>What the connectors log. Ids 3000 to 3099 are theirs.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Warning, "{Endpoint} cannot read its folder now and tries again: {Reason}")]
    public static partial void FolderFailed(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3001, LogLevel.Information, "{Endpoint} reads its folder again")]
    public static partial void FolderBack(ILogger logger, string endpoint);

    [LoggerMessage(3002, LogLevel.Information, "{File} was accepted: {Accepted} new, {Duplicates} duplicates, {Malformed} malformed")]
    public static partial void FileAccepted(ILogger logger, string file, long accepted, long duplicates, long malformed);

    [LoggerMessage(3003, LogLevel.Error, "{File} was refused and moved to .failed: {Finding}")]
    public static partial void FileRefused(ILogger logger, string file, string finding);

    [LoggerMessage(3004, LogLevel.Warning, "{File} waits, the hub takes nothing now ({Status})")]
    public static partial void FileWaits(ILogger logger, string file, string status);

    [LoggerMessage(3005, LogLevel.Error, "{Endpoint} met an unexpected failure and tries again")]
    public static partial void ReceiveFailed(ILogger logger, Exception exception, string endpoint);

    [LoggerMessage(3010, LogLevel.Warning, "{Endpoint}: {Count} records of its seed were left out, first {Finding}")]
    public static partial void SeedRecordsLeftOut(ILogger logger, string endpoint, int count, string finding);

    [LoggerMessage(3011, LogLevel.Information, "{Endpoint} published its seed: {Accepted} new, {Duplicates} duplicates, {Malformed} malformed")]
    public static partial void SeedPublished(ILogger logger, string endpoint, long accepted, long duplicates, long malformed);

    [LoggerMessage(3012, LogLevel.Error, "{Endpoint}: its seed was refused ({Status}): {Finding}")]
    public static partial void SeedRefused(ILogger logger, string endpoint, string status, string finding);

    [LoggerMessage(3020, LogLevel.Warning, "{Endpoint} takes nothing from its queue now and tries again: {Finding}")]
    public static partial void QueueLost(ILogger logger, string endpoint, string finding);

    [LoggerMessage(3021, LogLevel.Information, "{Endpoint} takes messages from {Queue} again")]
    public static partial void QueueTakenAgain(ILogger logger, string endpoint, string queue);

    [LoggerMessage(3022, LogLevel.Warning, "{Endpoint} holds what it has in hand, the hub takes nothing now: {Finding}")]
    public static partial void QueueHeld(ILogger logger, string endpoint, string finding);

    [LoggerMessage(3023, LogLevel.Information, "{Endpoint} goes on, the hub takes messages again")]
    public static partial void QueueGoesOn(ILogger logger, string endpoint);

    [LoggerMessage(3024, LogLevel.Error, "{Endpoint}: a message can be kept neither by the hub nor by an error queue and stays un-acknowledged in its queue; set error_queue, or what the finding says: {Finding}")]
    public static partial void QueueMessageParked(ILogger logger, string endpoint, string finding);

    [LoggerMessage(3025, LogLevel.Warning, "{Endpoint}: a message went to the error queue {Queue}: {Finding}")]
    public static partial void QueueMessageFailed(ILogger logger, string endpoint, string queue, string finding);

    [LoggerMessage(3026, LogLevel.Warning, "{Endpoint}: a message could not be sent to the error queue {Queue} and stays un-acknowledged: {Reason}")]
    public static partial void QueueMessageKept(ILogger logger, string endpoint, string queue, string reason);

    [LoggerMessage(3027, LogLevel.Warning, "{Endpoint}: ServiceControl could not be told that a retried message was accepted: {Reason}")]
    public static partial void RetryNotAcknowledged(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3028, LogLevel.Warning, "{Endpoint}: how far its stream has been read cannot be written: {Reason}")]
    public static partial void StreamPositionUnwritten(ILogger logger, string endpoint, string reason);
}
