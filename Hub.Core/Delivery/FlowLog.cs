using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Delivery;

/// <summary>What the message flow writes to the log.</summary>
internal static partial class FlowLog
{
    [LoggerMessage(601, LogLevel.Debug, "Attempt {Attempt} of delivery {Delivery} to {Destination} failed; next {Due}: {Finding}")]
    public static partial void AttemptFailed(ILogger logger, DeliveryId delivery, EndpointName destination, int attempt, DateTimeOffset? due, Finding finding);

    [LoggerMessage(602, LogLevel.Warning, "The circuit breaker of {System} is open for {Pause}")]
    public static partial void BreakerOpened(ILogger logger, string system, TimeSpan pause);

    [LoggerMessage(603, LogLevel.Warning, "{Count} bodies could not be read back from the journal: {Reason}")]
    public static partial void BodiesUnread(ILogger logger, int count, string reason);

    [LoggerMessage(604, LogLevel.Warning, "The outcome of message {Message} could not be written yet: {Finding}")]
    public static partial void OutcomeUnwritten(ILogger logger, MessageId message, Finding finding);

    [LoggerMessage(605, LogLevel.Error, "The pipeline {Pipeline} failed on message {Message} for a reason it does not know")]
    public static partial void PipelineFailed(ILogger logger, string pipeline, MessageId message, Exception error);

    [LoggerMessage(606, LogLevel.Warning, "Messages that are to be mapped again have to wait: {Finding}")]
    public static partial void RepairsWait(ILogger logger, Finding finding);

    [LoggerMessage(609, LogLevel.Warning, "The payload {Claim}, which no message refers to, could not be removed yet: {Reason}")]
    public static partial void ClaimNotRemoved(ILogger logger, MessageId claim, string reason);

    [LoggerMessage(608, LogLevel.Warning, "{Pipeline}: {Finding}")]
    public static partial void FileWarning(ILogger logger, string pipeline, Finding finding);

    [LoggerMessage(607, LogLevel.Error, "Message {Message} could not be mapped again: {Finding}")]
    public static partial void RepairRefused(ILogger logger, MessageId message, Finding finding);
}
