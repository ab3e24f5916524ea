using Hub.Core.Journal;

namespace Hub.Storage.PostgreSql;

/// <summary>A row of delivery_states.</summary>
internal readonly record struct DeliveryRow(DeliveryState State, int Attempts, long? Due, long? Settled);
