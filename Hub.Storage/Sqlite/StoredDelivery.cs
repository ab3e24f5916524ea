using Hub.Core.Journal;

namespace Hub.Storage.Sqlite;

/// <summary>A delivery as it was read.</summary>
/// <param name="Row">Its row in deliveries.</param>
internal sealed record StoredDelivery(
    long Row, DeliveryId Id, DeliveryRecord Record, DeliveryState State, int Attempts, DateTimeOffset? Due, DateTimeOffset? Settled);
