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
            batch.Add($"SELECT {DeliveryRow.Columns} FROM delivery_states WHERE message IN ({ids})", parameters());
            batch.Add($"SELECT message, place, body FROM bodies WHERE message IN ({ids})", parameters());
            batch.Add($"SELECT message, number, delivery FROM edits WHERE message IN ({ids}) ORDER BY message, number", parameters());
            if (settled) batch.Add("SELECT entries FROM settlements WHERE int8range(first, last, '[]') @> $1", parameters());
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(Raw.Read(reader));
                var byId = rows.ToDictionary(r => r.Id);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (byId.TryGetValue(reader.GetInt64(0), out var row)) row.Rows[reader.GetInt32(1)] = DeliveryRow.Read(reader);
                }

                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (byId.TryGetValue(reader.GetInt64(0), out var row)) row.Bodies[reader.GetInt32(1)] = reader.GetFieldValue<byte[]>(2);
                }

                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (byId.TryGetValue(reader.GetInt64(0), out var row)) row.Edited(reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetInt32(2));
                }

                if (settled && rows.Count > 0 && await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
                {
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows[0].Delivered(reader.GetFieldValue<byte[]>(0));
                }
            }
        }

        var numbers = new List<int>();
        foreach (var row in rows) row.Names(numbers);
        await names.LoadAsync(connection, numbers, cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(r => r.Stored(names));
    }

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

        internal long? Settled { get; private set; }

        internal Dictionary<int, DeliveryRow> Rows { get; } = [];

        internal Dictionary<int, byte[]> Bodies { get; } = [];

        private int _edit;
        private readonly Dictionary<int, int> _edits = [];

        /// <summary>An edit of the message's own body replaces its deliveries, with what was edited of them.</summary>
        internal void Edited(int number, int? delivery)
        {
            if (delivery is { } place)
            {
                _edits[place] = number;
                return;
            }

            _edit = number;
            _edits.Clear();
        }

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

        internal void Delivered(byte[] entries)
        {
            foreach (var (id, at) in Settlements.Read(entries))
            {
                if (id == Id) Settled = at;
            }
        }

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
                Edit = _edit,
            };
            var outcome = HasOutcome ? OutcomeCodec.Read(Result, names, place => Bodies[place], place => _edits.GetValueOrDefault(place)) : null;
            return new PgStoredMessage(message, State, outcome, Rows, Settled);
        }
    }
}
