using System.Globalization;
using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Nodes;
using Hub.Storage.Records;
using Mappings.Diagnostics;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>The reading members, on connections of their own; each view sees one moment of the journal.</summary>
internal sealed class PostgreSqlViews : IAsyncDisposable
{
    private const int MostRows = 1000;

    private readonly PostgreSqlPlace _place;
    private readonly PostgreSqlNames _names;
    private readonly PgMessageReader _reader;
    private readonly NpgsqlDataSource _source;

    internal PostgreSqlViews(PostgreSqlPlace place, PostgreSqlNames names)
    {
        _place = place;
        _names = names;
        _reader = new PgMessageReader(names);
        _source = NpgsqlDataSource.Create(place.Viewing);
        Xrefs = new PgXrefReader(this, names);
        States = new PgStateReader(this, names);
        Dead = new PgDeadReader(this, names);
    }

    internal PgXrefReader Xrefs { get; }

    internal PgStateReader States { get; }

    internal PgDeadReader Dead { get; }

    internal ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(MessageId after, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<OpenMessage>>(
            async connection => (await _reader.ReadOpenAsync(connection, after, limit, cancellationToken).ConfigureAwait(false)).ConvertAll(m => m.Open()), cancellationToken);

    internal ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(short[] groups, long commit, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<OpenMessage>>(async connection =>
        {
            var places = new List<(long Id, LanePlace Place)>();
            await using (var command = new NpgsqlCommand(
                "SELECT id, lane_group, commit FROM open_messages WHERE lane_group = ANY($1) AND (commit, id) > ($2, $3) ORDER BY commit, id LIMIT $4", connection))
            {
                command.Parameters.Add(PgParameter.Of(groups));
                command.Parameters.Add(PgParameter.Of(commit));
                command.Parameters.Add(PgParameter.Of(after));
                command.Parameters.Add(PgParameter.Of(limit));
                await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) places.Add((reader.GetInt64(0), new LanePlace(reader.GetInt16(1), 0, reader.GetInt64(2))));
            }

            if (places.Count == 0) return [];
            var messages = (await _reader.ReadAsync(connection, [.. places.Select(p => p.Id)], cancellationToken).ConfigureAwait(false)).ToDictionary(m => m.Message.Id.Value);
            return [.. places.Where(p => messages.ContainsKey(p.Id)).Select(p => messages[p.Id].Open() with { Place = p.Place })];
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<PendingDelivery>> ReadDeliveriesAsync(IReadOnlyList<DeliveryId> deliveries, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<PendingDelivery>>(async connection =>
        {
            long[] ids = [.. deliveries.Select(d => d.Message.Value).Distinct()];
            var messages = (await _reader.ReadAsync(connection, ids, cancellationToken).ConfigureAwait(false)).ToDictionary(m => m.Message.Id);
            var pending = new List<PendingDelivery>(deliveries.Count);
            foreach (var id in deliveries)
            {
                if (!messages.TryGetValue(id.Message, out var message) || message.State != MessageState.Open || message.Pending(id.Index) is not { } delivery) continue;
                pending.Add(delivery with { Record = delivery.Record with { Body = delivery.Record.Body ?? message.Message.Body } });
            }

            return pending;
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<DeadLane>> ReadDeadLanesAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<DeadLane>>(async connection =>
        {
            var rows = new List<(int Pipeline, string Key, int Destination, DeliveryId Id)>();
            await using (var command = new NpgsqlCommand(
                """
                SELECT m.pipeline, m.key, s.message, s.place, s.destination FROM delivery_states s JOIN messages m ON m.id = s.message
                WHERE s.state = 2 AND length(m.key) > 0 ORDER BY s.message, s.place
                """,
                connection))
            {
                await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add((
                        reader.GetInt32(0), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(1)), reader.GetInt32(4),
                        new DeliveryId(new MessageId(reader.GetInt64(2)), reader.GetInt32(3))));
                }
            }

            await _names.LoadAsync(connection, rows.SelectMany(r => (int[])[r.Pipeline, r.Destination]), cancellationToken).ConfigureAwait(false);
            return rows.ConvertAll(r => new DeadLane(_names.Text(r.Pipeline), r.Key, _names.Endpoint(r.Destination), r.Id));
        }, cancellationToken);

    internal ValueTask<MessageView?> FindAsync(MessageId id, CancellationToken cancellationToken) =>
        ReadAsync(async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            if (await _reader.FindAsync(connection, id.Value, cancellationToken).ConfigureAwait(false) is not { } stored) return null;
            var attempts = new Dictionary<int, List<AttemptRecord>>();
            var duplicates = new List<DateTimeOffset>();
            var replays = new List<ReplayView>();
            var edits = new List<EditView>();
            using var batch = new PgBatch(connection);
            batch.Add("SELECT place, number, at, transient, finding FROM attempts WHERE message = $1 ORDER BY place, number", PgParameter.Of(id.Value));
            batch.Add("SELECT at FROM duplicates WHERE message = $1 ORDER BY id", PgParameter.Of(id.Value));
            batch.Add("SELECT at, reason FROM replays WHERE message = $1 ORDER BY id", PgParameter.Of(id.Value));
            batch.Add("SELECT number, delivery, at, by, reason, before, after, original, findings FROM edits WHERE message = $1 ORDER BY number", PgParameter.Of(id.Value));
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (!attempts.TryGetValue(reader.GetInt32(0), out var list)) attempts[reader.GetInt32(0)] = list = [];
                    list.Add(new AttemptRecord(reader.GetInt32(1), PgStoredMessage.Time(reader.GetInt64(2)), reader.GetBoolean(3), FindingJson.Read(reader.GetFieldValue<byte[]>(4))[0]));
                }

                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) duplicates.Add(PgStoredMessage.Time(reader.GetInt64(0)));
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    replays.Add(new ReplayView(PgStoredMessage.Time(reader.GetInt64(0)), Text(reader, 1)));
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) edits.Add(Edit(reader));
            }

            var count = stored.Outcome?.Deliveries.Count ?? 0;
            return new MessageView(
                stored.Message, stored.State, stored.Outcome, [.. Enumerable.Range(0, count).Select(i => stored.View(i, attempts.TryGetValue(i, out var a) ? a : []))], duplicates, replays)
            {
                Edits = edits,
            };
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<MessageSummary>> QueryAsync(MessageQuery query, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<MessageSummary>>(async connection =>
        {
            if (query.Pipeline is { } pipeline)
            {
                await _names.FindAsync(connection, [pipeline], cancellationToken).ConfigureAwait(false);
                if (_names.Find(pipeline) is null) return [];
            }

            var found = new List<(int Pipeline, MessageSummary Summary)>();
            await using (var command = Select(connection, query))
            {
                await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add((reader.GetInt32(1), Summary(reader)));
            }

            await _names.LoadAsync(connection, found.Select(f => f.Pipeline), cancellationToken).ConfigureAwait(false);
            return found.ConvertAll(f => f.Summary with { Pipeline = _names.Text(f.Pipeline) });
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<LedgerRow>> ReadLedgerAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<LedgerRow>>(async connection =>
        {
            var rows = new List<LedgerRow>();
            await using var command = new NpgsqlCommand(
                """
                SELECT n.text, sum(l.received)::bigint, sum(l.delivered)::bigint, sum(l.filtered)::bigint, sum(l.duplicate)::bigint, sum(l.dead)::bigint, coalesce(max(f.count), 0)
                FROM ledger l JOIN names n ON n.id = l.pipeline
                LEFT JOIN (SELECT pipeline, count(*) AS count FROM open_messages GROUP BY pipeline) f ON f.pipeline = l.pipeline
                GROUP BY n.text ORDER BY n.text
                """,
                connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add(new LedgerRow(
                    reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)));
            }

            return rows;
        }, cancellationToken);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Reads on one of the connections; one that was lost while it lay in the pool is made again.</summary>
    internal async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var again = true; ; again = false)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                return await read(connection).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
            {
                if (again && PostgreSqlFailure.IsLost(exception) && !cancellationToken.IsCancellationRequested) continue;
                throw PostgreSqlFailure.From(_place, exception);
            }
        }
    }

    private NpgsqlCommand Select(NpgsqlConnection connection, MessageQuery query)
    {
        var sql = new StringBuilder(
            $"""
            SELECT m.id, m.pipeline, m.key, {PgMessageReader.State}, m.received, coalesce(o.deliveries, u.deliveries, m.deliveries), coalesce(o.pending, 0),
              CASE WHEN o.id IS NULL AND (x.id IS NOT NULL OR coalesce(u.state, m.outcome) = 2) THEN CASE WHEN u.message IS NULL THEN m.result ELSE u.result END END,
              CASE WHEN x.id IS NOT NULL THEN (SELECT a.finding FROM delivery_states s JOIN attempts a ON a.message = s.message AND a.place = s.place
                WHERE s.message = m.id AND s.state = 2 ORDER BY s.place, a.number LIMIT 1) END
            FROM messages m{PgMessageReader.Joins} WHERE true
            """);
        var command = new NpgsqlCommand { Connection = connection };
        switch (query.State)
        {
            case MessageState.Open: sql.Append(" AND o.id IS NOT NULL"); break;
            case MessageState.Dead: sql.Append(" AND x.id IS NOT NULL"); break;
            case { } state: sql.Append(CultureInfo.InvariantCulture, $" AND o.id IS NULL AND x.id IS NULL AND {PgMessageReader.State} = {(int)state}"); break;
            default: break;
        }

        if (query.Pipeline is { } pipeline) Condition("m.pipeline = ", PgParameter.Of(_names.Find(pipeline) ?? 0));
        if (query.Key is { } key) Condition("m.key = ", PgParameter.Of((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(key)));
        if (query.Before is { } before) Condition("m.id < ", PgParameter.Of(before.Value));
        if (query.Ids is { } ids) Condition("m.id = ANY(", PgParameter.Of(ids.Select(id => id.Value).ToArray()), ")");
        command.CommandText = sql.Append(CultureInfo.InvariantCulture, $" ORDER BY m.id DESC LIMIT {Math.Clamp(query.Limit, 0, MostRows)}").ToString();
        return command;

        void Condition(string comparison, NpgsqlParameter parameter, string end = "")
        {
            command.Parameters.Add(parameter);
            sql.Append(CultureInfo.InvariantCulture, $" AND {comparison}${command.Parameters.Count}{end}");
        }
    }

    private static MessageSummary Summary(NpgsqlDataReader reader)
    {
        var state = (MessageState)reader.GetInt32(3);
        var result = reader.IsDBNull(7) ? null : reader.GetFieldValue<byte[]>(7);
        var reason = state switch
        {
            MessageState.Dead => FirstError(result, reader.IsDBNull(8) ? null : reader.GetFieldValue<byte[]>(8)),
            MessageState.Filtered => FilteredBy(OutcomeCodec.Steps(result)),
            _ => null,
        };
        return new MessageSummary(
            new MessageId(reader.GetInt64(0)), string.Empty, Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(2)), state, PgStoredMessage.Time(reader.GetInt64(4)),
            reader.GetInt32(5), reader.GetInt32(6), reason);
    }

    private static EditView Edit(NpgsqlDataReader reader) => new(
        reader.GetInt32(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), PgStoredMessage.Time(reader.GetInt64(2)), Text(reader, 3), Text(reader, 4), reader.GetString(5),
        reader.GetString(6), reader.GetFieldValue<byte[]>(7), FindingJson.Read(reader.GetFieldValue<byte[]>(8)));

    private static string Text(NpgsqlDataReader reader, int column) => Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(column));

    private static string? FirstError(byte[]? result, byte[]? attempt)
    {
        if (Array.Find(OutcomeCodec.Findings(result), f => f.Severity == Severity.Error) is { } error) return error.ToString();
        return attempt is not null && FindingJson.Read(attempt) is [var first, ..] ? first.ToString() : null;
    }

    private static string? FilteredBy(StepOutcome[] steps)
    {
        var step = Array.FindLastIndex(steps, s => s.Result == StepResultKind.Filtered);
        return step < 0 ? null : steps[step].Step.ToString(CultureInfo.InvariantCulture);
    }
}
