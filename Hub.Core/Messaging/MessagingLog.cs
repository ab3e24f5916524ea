using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Messaging;

/// <summary>What handlers, sagas and delayed messages write to the log.</summary>
internal static partial class MessagingLog
{
    [LoggerMessage(651, LogLevel.Warning, "Message {Message}: {Finding}")]
    public static partial void HandlerFailed(ILogger logger, MessageId message, Finding finding, Exception error);

    [LoggerMessage(652, LogLevel.Information, "Message {Message} runs again: {Finding}")]
    public static partial void RunsAgain(ILogger logger, MessageId message, Finding finding);

    [LoggerMessage(653, LogLevel.Warning, "Delayed messages have to wait: {Finding}")]
    public static partial void DelayedWait(ILogger logger, Finding finding);

    [LoggerMessage(655, LogLevel.Error, "Delayed messages could not be looked at; they are looked at again")]
    public static partial void DelayedFailed(ILogger logger, Exception error);

    [LoggerMessage(654, LogLevel.Error, "The delayed message {Key} cannot be read; it stays where it is: {Reason}")]
    public static partial void DelayedUnreadable(ILogger logger, string key, string reason);
}
