using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Runtime;

/// <summary>What the engine writes to the log.</summary>
internal static partial class RuntimeLog
{
    [LoggerMessage(701, LogLevel.Error, "Receiving from {Endpoint} ended with an error; it begins again in {Pause}")]
    public static partial void ReceiverFailed(ILogger logger, EndpointName endpoint, TimeSpan pause, Exception error);

    [LoggerMessage(702, LogLevel.Information, "The hub runs revision {Revision}: {Open} open messages taken over, {Held} lanes held")]
    public static partial void Started(ILogger logger, string revision, int open, int held);

    [LoggerMessage(703, LogLevel.Information, "The hub now runs revision {Revision}")]
    public static partial void Applied(ILogger logger, string revision);

    [LoggerMessage(704, LogLevel.Warning, "{Count} attempts did not end within {Limit}; they are repeated after the next start")]
    public static partial void Interrupted(ILogger logger, int count, TimeSpan limit);

    [LoggerMessage(705, LogLevel.Error, "The connection of {System} could not be closed")]
    public static partial void NotClosed(ILogger logger, string system, Exception error);

    [LoggerMessage(706, LogLevel.Error, "The journal cannot be written: {Finding}")]
    public static partial void JournalDown(ILogger logger, Finding finding);

    [LoggerMessage(712, LogLevel.Warning, "Lanes are held for dead letters that another node may have purged: {Reason}")]
    public static partial void HoldsNotRebuilt(ILogger logger, string reason);

    [LoggerMessage(707, LogLevel.Information, "The journal can be written again")]
    public static partial void JournalBack(ILogger logger);

    [LoggerMessage(710, LogLevel.Information, "Identity map: {Added} entries added, {Changed} changed")]
    public static partial void XrefsRecorded(ILogger logger, int added, int changed);

    [LoggerMessage(708, LogLevel.Error, "The journal refused an operation: {Finding}")]
    public static partial void JournalRefused(ILogger logger, Finding finding);

    [LoggerMessage(711, LogLevel.Warning, "{Finding}")]
    public static partial void ReadWithChanges(ILogger logger, Finding finding);
}
