using Hub.Core.Journal;

namespace Hub.Core.Operations;

/// <summary>What happened to one message.</summary>
public sealed record MessageExplanation
{
    public required string Id { get; init; }

    public required string Pipeline { get; init; }

    /// <summary>The pipeline's file, as far as the configuration in force still has it; else empty.</summary>
    public required string PipelineAt { get; init; }

    public required string Key { get; init; }

    public required MessageState State { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary><c>system.endpoint</c> it came in by.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The sender's own id of the event; null when it gave none.</summary>
    public string? EventId { get; init; }

    /// <summary>Where in which file the record stood; null when it did not come from a file.</summary>
    public string? Origin { get; init; }

    /// <summary>The id of the message that this one maps again, because an entry of the identity map has arrived; else null.</summary>
    public string? RepairOf { get; init; }

    /// <summary>The configuration it was accepted under.</summary>
    public required string Revision { get; init; }

    public IReadOnlyList<StepExplanation> Steps { get; init; } = [];

    /// <summary>Why it is dead, and warnings.</summary>
    public IReadOnlyList<FindingView> Findings { get; init; } = [];

    public IReadOnlyList<DeliveryExplanation> Deliveries { get; init; } = [];

    /// <summary>When it was sent again.</summary>
    public IReadOnlyList<DateTimeOffset> Duplicates { get; init; } = [];

    public IReadOnlyList<ReplayView> Replays { get; init; } = [];

    /// <summary>The body: JSON text, cut after 8,000 characters.</summary>
    public required string Body { get; init; }

    /// <summary>The bytes as they arrived when they were not the body itself: readable in their encoding as far as possible, cut after 2,000 characters; else null.</summary>
    public string? Original { get; init; }
}
