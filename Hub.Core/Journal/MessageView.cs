namespace Hub.Core.Journal;

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
    IReadOnlyList<ReplayView> Replays)
{
    /// <summary>How its body or those of its deliveries were changed, the oldest first.</summary>
    public IReadOnlyList<EditView> Edits { get; init; } = [];
}
