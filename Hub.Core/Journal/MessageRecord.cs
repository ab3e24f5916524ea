using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

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

    /// <summary>The number of the edit that gave it this body; 0 for the body that was accepted. Set by the store.</summary>
    public int Edit { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
