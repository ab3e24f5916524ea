using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>A lane in which a delivery to one destination is dead.</summary>
public sealed record DeadLane(string Pipeline, string Key, EndpointName Destination, DeliveryId Delivery);

/// <summary>Which messages to list. Every condition that is not null must hold.</summary>
public sealed record MessageQuery
{
    public string? Pipeline { get; init; }

    public MessageState? State { get; init; }

    public string? Key { get; init; }

    public MessageId? Before { get; init; }

    /// <summary>At most this many; default 50, at most 1000.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>One line of a list of messages.</summary>
/// <param name="Reason">For a dead message its first error, for a filtered one the step; else null.</param>
public sealed record MessageSummary(
    MessageId Id, string Pipeline, string Key, MessageState State, DateTimeOffset ReceivedAt, int Deliveries, int Pending, string? Reason);

/// <summary>All that is known of one message.</summary>
/// <param name="Outcome">What its pipeline made of it; null when it has yet to run.</param>
/// <param name="Deliveries">Its deliveries with their attempts.</param>
/// <param name="Duplicates">When it was sent again.</param>
/// <param name="Replays">When it was replayed, by whom and why.</param>
public sealed record MessageView(
    MessageRecord Message,
    MessageState State,
    PipelineOutcome? Outcome,
    IReadOnlyList<DeliveryView> Deliveries,
    IReadOnlyList<DateTimeOffset> Duplicates,
    IReadOnlyList<ReplayView> Replays);

/// <summary>One delivery with its history.</summary>
/// <param name="SettledAt">When the target confirmed it or it was given up.</param>
public sealed record DeliveryView(
    DeliveryId Id, DeliveryRecord Record, DeliveryState State, DateTimeOffset? Due, DateTimeOffset? SettledAt, IReadOnlyList<AttemptRecord> Attempts);

/// <summary>One replay of a message.</summary>
public sealed record ReplayView(DateTimeOffset At, string Reason);

/// <summary>The conservation of one pipeline's messages, counted since the store was made.</summary>
public sealed record LedgerRow(string Pipeline, long Received, long Delivered, long Filtered, long Duplicate, long Dead, long InFlight)
{
    /// <summary>What cannot be accounted for; anything but 0 is a defect.</summary>
    public long Unaccounted => Received - Delivered - Filtered - Duplicate - Dead - InFlight;
}
