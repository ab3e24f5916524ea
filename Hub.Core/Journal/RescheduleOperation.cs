namespace Hub.Core.Journal;

/// <summary>An attempt failed and another will follow at <see cref="Due"/>.</summary>
public sealed class RescheduleOperation(DeliveryId delivery, AttemptRecord attempt, DateTimeOffset due) : JournalOperation
{
    public DeliveryId Delivery { get; } = delivery;

    public AttemptRecord Attempt { get; } = attempt;

    public DateTimeOffset Due { get; } = due;
}
