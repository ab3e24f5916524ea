using Hub.Core.Journal;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>A row of delivery_states.</summary>
/// <param name="Destination">Of a dead one: where it was to go, as a number.</param>
/// <param name="Code">Of a dead one: what it died of.</param>
internal readonly record struct DeliveryRow(DeliveryState State, int Attempts, long? Due, long? Settled, int? Destination = null, string? Code = null)
{
    internal const string Columns = "message, place, state, attempts, due, settled, destination, code";

    internal static DeliveryRow Read(NpgsqlDataReader reader) => new(
        (DeliveryState)reader.GetInt16(2), reader.GetInt32(3), reader.IsDBNull(4) ? null : reader.GetInt64(4), reader.IsDBNull(5) ? null : reader.GetInt64(5),
        reader.IsDBNull(6) ? null : reader.GetInt32(6), reader.IsDBNull(7) ? null : reader.GetString(7));
}
