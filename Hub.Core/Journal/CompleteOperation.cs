using Hub.Abstractions.Messages;
using Mappings.Xrefs;

namespace Hub.Core.Journal;

/// <summary>Records what a pipeline made of a message that was accepted earlier. A message that is closed or has its outcome already stays as it is.</summary>
public sealed class CompleteOperation(MessageId message, PipelineOutcome outcome) : JournalOperation
{
    public MessageId Message { get; } = message;

    public PipelineOutcome Outcome { get; } = outcome;

    /// <summary>
    /// Refuses the unit it is in with JRN814 (<see cref="JournalException.IsConflict"/>) when the message is closed or has its
    /// outcome already: what is committed together with the outcome has its effect once.
    /// </summary>
    public bool MustBeOpen { get; init; }

    /// <summary>When the outcome was known; entries of the identity map that the hub made bear this time.</summary>
    public DateTimeOffset At { get; init; }

    public override IReadOnlyList<XrefEntry> Xrefs => Outcome.Created;

    public override int Size => 128 + Outcome.Size;
}
