using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Hub.Core.Journal;

/// <summary>Where a message stands. Every message leaves <see cref="Open"/> for exactly one of the others; replay opens it again.</summary>
public enum MessageState : byte
{
    /// <summary>Accepted; its pipeline or one of its deliveries is not finished.</summary>
    Open = 0,

    /// <summary>All of its deliveries reached their targets.</summary>
    Delivered = 1,

    /// <summary>A step ended it on purpose; the step outcome names which.</summary>
    Filtered = 2,

    /// <summary>Its pipeline or at least one delivery gave up, and no delivery is still pending; the reasons are kept.</summary>
    Dead = 3,
}

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState : byte
{
    /// <summary>To be attempted, now or at its due time.</summary>
    Pending = 0,

    /// <summary>The target confirmed it.</summary>
    Delivered = 1,

    /// <summary>Given up; see its attempts.</summary>
    Dead = 2,
}

/// <summary>A delivery's identity: its message and its place among the message's deliveries.</summary>
/// <param name="Message">The message.</param>
/// <param name="Index">From 0; fixed when the pipeline's outcome is committed.</param>
public readonly record struct DeliveryId(MessageId Message, int Index)
{
    /// <summary><c>MESSAGE-INDEX</c></summary>
    public override string ToString() => $"{Message}-{Index}";
}

/// <summary>What is accepted: one message for one pipeline.</summary>
public sealed record MessageRecord
{
    public required MessageId Id { get; init; }

    public required string Pipeline { get; init; }

    /// <summary>The endpoint it came in by.</summary>
    public required EndpointName Endpoint { get; init; }

    /// <summary>The lane: messages of one pipeline and key are worked on one at a time. Empty when the pipeline declares no key.</summary>
    public required string Key { get; init; }

    /// <summary>Unique per pipeline within the store; null when the pipeline does not deduplicate.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>The body the pipeline works on: UTF-8 JSON.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The bytes as they arrived when they are not the body itself (CSV, XML, other encodings); empty otherwise.</summary>
    public ReadOnlyMemory<byte> Original { get; init; }

    public MessageAttributes Attributes { get; init; } = MessageAttributes.None;

    /// <summary>Content hash of the configuration it was accepted under.</summary>
    public required string Revision { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>One thing to be sent to one endpoint.</summary>
/// <param name="Destination">Where to.</param>
/// <param name="Part">Which part of a split message, from 0; 0 when the message was not split.</param>
/// <param name="Body">What to send; null when it is the message's own body.</param>
public sealed record DeliveryRecord(EndpointName Destination, int Part, ReadOnlyMemory<byte>? Body)
{
    /// <summary>The first attempt is not before this time; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}

/// <summary>How a step of the pipeline left the message.</summary>
public enum StepResultKind : byte
{
    Passed = 0,
    Filtered = 1,
    Failed = 2,
}

/// <summary>One step's outcome, kept in two bytes and a duration.</summary>
/// <param name="Step">The step's place in the pipeline, from 0.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Microseconds">How long it took.</param>
public readonly record struct StepOutcome(byte Step, StepResultKind Result, int Microseconds);

/// <summary>What a pipeline made of a message: deliveries, or the step that filtered it, or why it is dead.</summary>
public sealed record PipelineOutcome
{
    /// <summary><see cref="MessageState.Open"/> when there are deliveries, else <see cref="MessageState.Filtered"/> or <see cref="MessageState.Dead"/>.</summary>
    public required MessageState State { get; init; }

    public IReadOnlyList<StepOutcome> Steps { get; init; } = [];

    public IReadOnlyList<DeliveryRecord> Deliveries { get; init; } = [];

    /// <summary>Why it is dead; also warnings of a message that went on.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Content hash of the configuration the pipeline ran under.</summary>
    public required string Revision { get; init; }
}

/// <summary>One failed attempt to deliver.</summary>
/// <param name="Number">From 1, counted over the delivery's whole life, replays included.</param>
/// <param name="At">When it ended.</param>
/// <param name="Transient">Whether it was worth another attempt.</param>
/// <param name="Error">What went wrong.</param>
public sealed record AttemptRecord(int Number, DateTimeOffset At, bool Transient, Finding Error);
