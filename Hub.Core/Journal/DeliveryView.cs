namespace Hub.Core.Journal;

/// <summary>One delivery with its history.</summary>
/// <param name="SettledAt">When the target confirmed it or it was given up.</param>
public sealed record DeliveryView(
    DeliveryId Id, DeliveryRecord Record, DeliveryState State, DateTimeOffset? Due, DateTimeOffset? SettledAt, IReadOnlyList<AttemptRecord> Attempts);
