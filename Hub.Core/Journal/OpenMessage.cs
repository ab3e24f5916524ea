using Hub.Core.Nodes;

namespace Hub.Core.Journal;

/// <summary>A message that is not finished, as it is leased after a start, a takeover or a replay.</summary>
/// <param name="Message">The message.</param>
/// <param name="Outcome">Null when its pipeline has yet to run.</param>
/// <param name="Pending">Its deliveries that are not settled.</param>
public sealed record OpenMessage(MessageRecord Message, PipelineOutcome? Outcome, IReadOnlyList<PendingDelivery> Pending)
{
    /// <summary>Where it belongs; only where several nodes share the journal.</summary>
    public LanePlace Place { get; init; }
}
