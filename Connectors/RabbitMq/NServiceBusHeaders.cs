namespace Connectors.RabbitMq;

/// <summary>Names of headers as NServiceBus and ServiceControl have them on the wire.</summary>
internal static class NServiceBusHeaders
{
    public const string MessageId = "NServiceBus.MessageId";
    public const string MessageIntent = "NServiceBus.MessageIntent";
    public const string EnclosedMessageTypes = "NServiceBus.EnclosedMessageTypes";
    public const string ConversationId = "NServiceBus.ConversationId";
    public const string CorrelationId = "NServiceBus.CorrelationId";
    public const string RelatedTo = "NServiceBus.RelatedTo";
    public const string ContentType = "NServiceBus.ContentType";
    public const string ReplyToAddress = "NServiceBus.ReplyToAddress";
    public const string OriginatingEndpoint = "NServiceBus.OriginatingEndpoint";
    public const string TimeSent = "NServiceBus.TimeSent";
    public const string TimeToBeReceived = "NServiceBus.TimeToBeReceived";
    public const string NonDurableMessage = "NServiceBus.NonDurableMessage";
    public const string ControlMessage = "NServiceBus.ControlMessage";

    public const string ExceptionType = "NServiceBus.ExceptionInfo.ExceptionType";
    public const string ExceptionMessage = "NServiceBus.ExceptionInfo.Message";
    public const string ExceptionSource = "NServiceBus.ExceptionInfo.Source";
    public const string ExceptionStackTrace = "NServiceBus.ExceptionInfo.StackTrace";
    public const string FailedQueue = "NServiceBus.FailedQ";
    public const string TimeOfFailure = "NServiceBus.TimeOfFailure";
    public const string ProcessingEndpoint = "NServiceBus.ProcessingEndpoint";
    public const string ProcessingMachine = "NServiceBus.ProcessingMachine";

    public const string RetryUniqueMessageId = "ServiceControl.Retry.UniqueMessageId";
    public const string RetryAcknowledgementQueue = "ServiceControl.Retry.AcknowledgementQueue";
    public const string RetrySuccessful = "ServiceControl.Retry.Successful";

    private const string DelayInSeconds = "NServiceBus.Transport.RabbitMQ.DelayInSeconds";

    /// <summary>Told by attributes, by the hub itself, or true of an earlier attempt only.</summary>
    private static readonly string[] NotKept =
    [
        MessageId, EnclosedMessageTypes, TimeSent, ContentType, MessageIntent, DelayInSeconds, NonDurableMessage,
        FailedQueue, TimeOfFailure, ProcessingEndpoint, ProcessingMachine, "NServiceBus.Retries", "NServiceBus.Retries.Timestamp", "NServiceBus.FLRetries",
    ];

    /// <summary>The header means something beyond the attempt that it came with, and no attribute holds it.</summary>
    public static bool IsKept(string name) =>
        !IsOfBroker(name) && !IsOfFailure(name) && Array.IndexOf(NotKept, name) < 0 && !name.StartsWith("ServiceControl.", StringComparison.Ordinal)
        && !name.StartsWith("$.diagnostics.", StringComparison.Ordinal) && name is not ("traceparent" or "tracestate");

    /// <summary>The broker wrote it.</summary>
    public static bool IsOfBroker(string name) => name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) || name == DelayInSeconds;

    private static bool IsOfFailure(string name) => name.StartsWith("NServiceBus.ExceptionInfo.", StringComparison.Ordinal);
}
