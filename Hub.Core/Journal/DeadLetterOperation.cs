namespace Hub.Core.Journal;

/// <summary>A delivery is given up. Its message becomes dead once no other delivery of it is pending.</summary>
public sealed class DeadLetterOperation(DeliveryId delivery, AttemptRecord attempt) : JournalOperation
{
    public DeliveryId Delivery { get; } = delivery;

    public AttemptRecord Attempt { get; } = attempt;
}
