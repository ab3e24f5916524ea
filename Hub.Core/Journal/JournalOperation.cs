using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>
/// One change of the journal. Operations are committed in groups: a store applies a group in its order, in one durable
/// transaction, together with the ledger's counters; it fills in the result of each, or throws and has applied none.
/// </summary>
public abstract class JournalOperation
{
    /// <summary>Rough size in bytes, for bounding a group.</summary>
    public virtual int Size => 64;
}

/// <summary>Accepts a message, together with its pipeline's outcome when that is already known.</summary>
public sealed class AcceptOperation(MessageRecord message, PipelineOutcome? outcome) : JournalOperation
{
    public MessageRecord Message { get; } = message;

    /// <summary>Null when the pipeline has yet to run: the message stays open without deliveries.</summary>
    public PipelineOutcome? Outcome { get; } = outcome;

    /// <summary>Result: the message this one repeats, or none when it was accepted. A duplicate is counted and recorded, and nothing else of it is kept.</summary>
    public MessageId DuplicateOf { get; set; }

    public override int Size => 256 + Message.Body.Length + Message.Original.Length;
}

/// <summary>Records what a pipeline made of a message that was accepted earlier.</summary>
public sealed class CompleteOperation(MessageId message, PipelineOutcome outcome) : JournalOperation
{
    public MessageId Message { get; } = message;

    public PipelineOutcome Outcome { get; } = outcome;
}

/// <summary>A delivery reached its target. The last one to settle closes its message.</summary>
/// <param name="delivery">The delivery.</param>
/// <param name="at">When the target confirmed.</param>
public sealed class SettleOperation(DeliveryId delivery, DateTimeOffset at) : JournalOperation
{
    public DeliveryId Delivery { get; } = delivery;

    public DateTimeOffset At { get; } = at;
}

/// <summary>An attempt failed and another will follow at <see cref="Due"/>.</summary>
public sealed class RescheduleOperation(DeliveryId delivery, AttemptRecord attempt, DateTimeOffset due) : JournalOperation
{
    public DeliveryId Delivery { get; } = delivery;

    public AttemptRecord Attempt { get; } = attempt;

    public DateTimeOffset Due { get; } = due;
}

/// <summary>A delivery is given up. Its message becomes dead once no other delivery of it is pending.</summary>
public sealed class DeadLetterOperation(DeliveryId delivery, AttemptRecord attempt) : JournalOperation
{
    public DeliveryId Delivery { get; } = delivery;

    public AttemptRecord Attempt { get; } = attempt;
}

/// <summary>
/// Opens a dead message again: its dead deliveries become pending, or, when its pipeline had failed, the pipeline is to
/// run once more. Delivered deliveries stay delivered. The attempts so far are kept.
/// </summary>
public sealed class ReplayOperation(MessageId message, string reason, DateTimeOffset at) : JournalOperation
{
    public MessageId Message { get; } = message;

    /// <summary>Who asked and why, for the audit trail.</summary>
    public string Reason { get; } = reason;

    public DateTimeOffset At { get; } = at;

    /// <summary>Result: what is to be done now, or null when the message is not dead.</summary>
    public OpenMessage? Reopened { get; set; }
}

/// <summary>Forgets closed messages (delivered or filtered; dead ones only when <paramref name="dead"/> is set). Ledger counters stay.</summary>
public sealed class PurgeOperation(DateTimeOffset before, bool dead, int limit) : JournalOperation
{
    public DateTimeOffset Before { get; } = before;

    public bool Dead { get; } = dead;

    public int Limit { get; } = limit;

    /// <summary>Result: how many messages went.</summary>
    public int Purged { get; set; }
}

/// <summary>A message that is not finished, as it is leased after a start, a takeover or a replay.</summary>
/// <param name="Message">The message.</param>
/// <param name="Outcome">Null when its pipeline has yet to run.</param>
/// <param name="Pending">Its deliveries that are not settled.</param>
public sealed record OpenMessage(MessageRecord Message, PipelineOutcome? Outcome, IReadOnlyList<PendingDelivery> Pending);

/// <summary>A delivery to be attempted.</summary>
/// <param name="Id">Which.</param>
/// <param name="Record">Where to and what.</param>
/// <param name="Attempts">Failed attempts so far.</param>
/// <param name="Due">Not before this time; null for at once.</param>
public sealed record PendingDelivery(DeliveryId Id, DeliveryRecord Record, int Attempts, DateTimeOffset? Due);
