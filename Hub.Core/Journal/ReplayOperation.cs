using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>
/// Opens a dead message again: its dead deliveries become pending, or, when its pipeline had failed, the pipeline is to
/// run once more. Delivered deliveries stay delivered. The attempts so far are kept. With an <see cref="Edit"/> of a delivery
/// only that one becomes pending; with one of the message its deliveries, none of which was delivered, are replaced by what
/// its pipeline makes of the new body.
/// </summary>
public sealed class ReplayOperation(MessageId message, string reason, DateTimeOffset at) : JournalOperation
{
    public MessageId Message { get; } = message;

    /// <summary>Who asked and why, for the audit trail.</summary>
    public string Reason { get; } = reason;

    public DateTimeOffset At { get; } = at;

    /// <summary>What is changed before; null to try again what is there.</summary>
    public MessageEdit? Edit { get; init; }

    /// <summary>Result: what is to be done now, or null when nothing was changed.</summary>
    public OpenMessage? Reopened { get; set; }

    /// <summary>Result: why nothing was changed; null when the message was opened.</summary>
    public ReplayRefusal? Refusal { get; set; }

    public override int Size => 64 + (Edit?.Body.Length ?? 0);
}
