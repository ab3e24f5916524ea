namespace Hub.Core.Delivery;

/// <summary>What follows a failed attempt.</summary>
/// <param name="Due">When the next attempt may run; null when there is none and the delivery is dead.</param>
public readonly record struct RetryDecision(DateTimeOffset? Due)
{
    public bool GivesUp => Due is null;
}
