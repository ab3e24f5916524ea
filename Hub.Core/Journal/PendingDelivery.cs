namespace Hub.Core.Journal;

/// <summary>A delivery to be attempted.</summary>
/// <param name="Id">Which.</param>
/// <param name="Record">Where to and what.</param>
/// <param name="Attempts">Failed attempts so far.</param>
/// <param name="Due">Not before this time; null for at once.</param>
public sealed record PendingDelivery(DeliveryId Id, DeliveryRecord Record, int Attempts, DateTimeOffset? Due);
