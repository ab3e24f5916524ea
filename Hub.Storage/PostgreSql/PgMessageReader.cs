using System.Buffers.Binary;
using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>Reads whole messages, for either side.</summary>
internal sealed class PgMessageReader(PostgreSqlNames names)
{
    /// <summary>The outcome that holds: none while the pipeline is to run again; a later one before the one that came with the message.</summary>
    internal const string Outcome = "CASE WHEN o.id IS NOT NULL AND o.outcome IS NULL THEN NULL ELSE coalesce(u.state, m.outcome) END";

    internal const string Joins =
        " LEFT JOIN open_messages o ON o.id = m.id LEFT JOIN dead_messages x ON x.id = m.id LEFT JOIN outcomes u ON u.message = m.id";

    /// <summary>Where a message stands, from the rows beside it.</summary>
    internal const string State = "CASE WHEN o.id IS NOT NULL THEN 0 WHEN x.id IS NOT NULL THEN 3 WHEN coalesce(u.state, m.outcome) = 2 THEN 2 ELSE 1 END";

    private const string Message =
        "SELECT m.id, m.received, m.pipeline, m.key, m.head, m.original, m.body, " + Outcome + ", CASE WHEN u.message IS NULL THEN m.result ELSE u.result END, " + State + " FROM messages m" + Joins;

    private const string One = "SELECT $1::bigint";
    private const string Listed = "SELECT unnest($1)";
    private const string OpenAfter = "SELECT id FROM open_messages WHERE id > $1 ORDER BY id LIMIT $2";

    internal async Task<PgStoredMessage?> FindAsync(NpgsqlConnection connection, long id, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(connection, One, () => [PgParameter.Of(id)], settled: true, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    internal Task<List<PgStoredMessage>> ReadAsync(NpgsqlConnection connection, long[] ids, CancellationToken cancellationToken) =>
        ReadAsync(connection, Listed, () => [PgParameter.Of(ids)], settled: false, cancellationToken);

    internal Task<List<PgStoredMessage>> ReadOpenAsync(NpgsqlConnection connection, MessageId after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(connection, OpenAfter, () => [PgParameter.Of(after.Value), PgParameter.Of((long)limit)], settled: false, cancellationToken);

    private async Task<List<PgStoredMessage>> ReadAsync(NpgsqlConnection connection, string ids, Func<NpgsqlParameter[]> parameters, bool settled, CancellationToken cancellationToken)
    {
        var rows = new List<Raw>();
        using (var batch = new PgBatch(connection))
        {
            batch.Add($"{Message} WHERE m.id IN ({ids}) ORDER BY m.id", parameters());
            batch.Add($"SELECT message, place, state, attempts, due, settled FROM delivery_states WHERE message IN ({ids})", parameters());
            batch.Add($"SELECT message, place, body FROM bodies WHERE message IN ({ids})", parameters());
            if (settled) batch.Add("SELECT entries FROM settlements WHERE int8range(first, last, '[]') @> $1", parameters());
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(Raw.Read(reader));
                var byId = rows.ToDictionary(r => r.Id);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (byId.TryGetValue(reader.GetInt64(0), out var row))
                        row.Rows[reader.GetInt32(1)] = new DeliveryRow((DeliveryState)reader.GetInt16(2), reader.GetInt32(3), Long(reader, 4), Long(reader, 5));
                }

                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (byId.TryGetValue(reader.GetInt64(0), out var row)) row.Bodies[reader.GetInt32(1)] = reader.GetFieldValue<byte[]>(2);
                }

                if (settled && rows.Count > 0 && await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows[0].Settled = Settled(reader.GetFieldValue<byte[]>(0), rows[0].Id) ?? rows[0].Settled;
                }
            }
        }

        var numbers = new List<int>();
        foreach (var row in rows) row.Names(numbers);
        await names.LoadAsync(connection, numbers, cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(r => r.Stored(names));
    }

    private static long? Settled(ReadOnlySpan<byte> entries, long id)
    {
        const int Size = 2 * sizeof(long);
        for (var at = 0; at + Size <= entries.Length; at += Size)
        {
            if (BinaryPrimitives.ReadInt64LittleEndian(entries[at..]) == id) return BinaryPrimitives.ReadInt64LittleEndian(entries[(at + sizeof(long))..]);
        }

        return null;
    }

    private static long? Long(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    private sealed class Raw
    {
        internal required long Id { get; init; }

        internal required long Received { get; init; }

        internal required int Pipeline { get; init; }

        internal required byte[] Key { get; init; }

        internal required byte[] Head { get; init; }

        internal byte[]? Original { get; init; }

        internal required byte[] Body { get; init; }

        internal bool HasOutcome { get; init; }

        internal byte[]? Result { get; init; }

        internal required MessageState State { get; init; }

        internal long? Settled { get; set; }

        internal Dictionary<int, DeliveryRow> Rows { get; } = [];

        internal Dictionary<int, byte[]> Bodies { get; } = [];

        internal static Raw Read(NpgsqlDataReader reader) => new()
        {
            Id = reader.GetInt64(0),
            Received = reader.GetInt64(1),
            Pipeline = reader.GetInt32(2),
            Key = reader.GetFieldValue<byte[]>(3),
            Head = reader.GetFieldValue<byte[]>(4),
            Original = reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5),
            Body = reader.GetFieldValue<byte[]>(6),
            HasOutcome = !reader.IsDBNull(7),
            Result = reader.IsDBNull(8) ? null : reader.GetFieldValue<byte[]>(8),
            State = (MessageState)reader.GetInt32(9),
        };

        internal void Names(List<int> numbers)
        {
            var (endpoint, revision) = MessageHead.Names(Head);
            numbers.AddRange(Pipeline, endpoint, revision);
            if (HasOutcome) OutcomeCodec.Names(Result, numbers);
        }

        internal PgStoredMessage Stored(PostgreSqlNames names)
        {
            var (endpoint, revision) = MessageHead.Names(Head);
            var message = new MessageRecord
            {
                Id = new MessageId(Id),
                Pipeline = names.Text(Pipeline),
                Endpoint = names.Endpoint(endpoint),
                Key = Encoding.UTF8.GetString(Key),
                DedupeKey = MessageHead.DedupeKey(Head),
                Body = Body,
                Original = Original ?? default(ReadOnlyMemory<byte>),
                Attributes = MessageHead.Attributes(Head),
                Revision = names.Text(revision),
                ReceivedAt = PgStoredMessage.Time(Received),
            };
            var outcome = HasOutcome ? OutcomeCodec.Read(Result, names, place => Bodies[place]) : null;
            return new PgStoredMessage(message, State, outcome, Rows, Settled);
        }
    }
}
