namespace Hub.Abstractions.Messages;

/// <summary>
/// What travels with a body: the CloudEvents 1.0 context attributes and, for records cut out of a file, where they stood.
/// Absent attributes are null.
/// </summary>
public sealed record MessageAttributes
{
    /// <summary>No attributes.</summary>
    public static MessageAttributes None { get; } = new();

    /// <summary>CloudEvents <c>id</c>, an <c>Idempotency-Key</c> header or a queue's message id: the sender's own identity of the event.</summary>
    public string? EventId { get; init; }

    /// <summary>CloudEvents <c>source</c>.</summary>
    public string? Source { get; init; }

    /// <summary>CloudEvents <c>type</c>.</summary>
    public string? Type { get; init; }

    /// <summary>CloudEvents <c>subject</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>CloudEvents <c>time</c>, as the sender wrote it.</summary>
    public string? Time { get; init; }

    /// <summary>W3C <c>traceparent</c>.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Where a record stood: <c>file:line:column</c> of the file it was read from.</summary>
    public string? Origin { get; init; }

    /// <summary>The id of the message that this one maps again, because an entry of the identity map has arrived meanwhile.</summary>
    public string? RepairOf { get; init; }

    /// <summary>What <c>$file</c> means in a mapping: the records that stand once in the file, as JSON.</summary>
    public string? File { get; init; }

    /// <summary>What the idempotency keys of its deliveries begin with; null for the message's id. Set for messages that a broker hands out again under another id.</summary>
    public string? DeliveryKey { get; init; }

    /// <summary>The name of the payload that is kept apart because it is large; the message's body is a description of it.</summary>
    public string? Claim { get; init; }

    /// <summary>Headers of a messaging endpoint that no other attribute holds, such as <c>NServiceBus.ReplyToAddress</c>: a JSON object of texts.</summary>
    public string? Headers { get; init; }
}
