using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

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
