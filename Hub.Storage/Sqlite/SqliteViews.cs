using System.Globalization;
using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Storage.Records;
using Mappings.Diagnostics;
using Mappings.Xrefs;

namespace Hub.Storage.Sqlite;

/// <summary>The reading members, on a connection of their own; each view sees one moment of the journal.</summary>
internal sealed class SqliteViews : IDisposable
{
    private const int MostRows = 1000;
    private const string SummaryColumns = "SELECT id, pipeline, key, state, received, deliveries, pending, first, steps, findings FROM messages";

    private readonly SqliteConnection _connection;
    private readonly SqliteNames _names;
    private readonly MessageReader _reader;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly XrefReader _xrefs;
    private readonly StateReader _states;
    private readonly DeadLetterReader _dead;
    private readonly SqliteStatement _open;
    private readonly SqliteStatement _deadLanes;
    private readonly SqliteStatement _attempts;
    private readonly SqliteStatement _firstError;
    private readonly SqliteStatement _duplicates;
    private readonly SqliteStatement _replays;
    private readonly SqliteStatement _ledger;
    private readonly SqliteStatement _edits;

    internal SqliteViews(string file)
    {
        _connection = new SqliteConnection(file, readOnly: true);
        _connection.Execute("PRAGMA busy_timeout = 5000; PRAGMA cache_size = -8192; PRAGMA query_only = 1");
        _names = new SqliteNames(_connection, readOnly: true);
        _reader = new MessageReader(_connection, _names);
        _xrefs = new XrefReader(_connection, _names);
        _states = new StateReader(_connection, _names);
        _dead = new DeadLetterReader(_connection, _names);
        _open = _connection.Prepare("SELECT id FROM messages INDEXED BY open_messages WHERE state = 0 AND id > ?1 ORDER BY id LIMIT ?2");
        _deadLanes = _connection.Prepare(
            """
            SELECT m.pipeline, m.key, d.destination, m.id, d.id - m.first
            FROM delivery_states s INDEXED BY dead_deliveries CROSS JOIN deliveries d ON d.id = s.id CROSS JOIN messages m ON m.id = d.message
            WHERE s.state = 2 AND m.key <> '' ORDER BY m.id, d.id
            """);
        _attempts = _connection.Prepare("SELECT number, at, transient, finding FROM attempts WHERE delivery = ?1 ORDER BY number");
        _firstError = _connection.Prepare(
            """
            SELECT a.finding FROM delivery_states s JOIN attempts a ON a.delivery = s.id
            WHERE s.id >= ?1 AND s.id < ?2 AND s.state = 2 ORDER BY s.id, a.number LIMIT 1
            """);
        _duplicates = _connection.Prepare("SELECT at FROM duplicates WHERE message = ?1 ORDER BY id");
        _replays = _connection.Prepare("SELECT at, reason FROM replays WHERE message = ?1 ORDER BY id");
        _edits = _connection.Prepare("SELECT number, delivery, at, by, reason, before, after, original, findings FROM edits WHERE message = ?1 ORDER BY number");
        _ledger = _connection.Prepare(
            """
            SELECT l.pipeline, l.received, l.delivered, l.filtered, l.duplicate, l.dead, coalesce(f.count, 0)
            FROM ledger l LEFT JOIN (SELECT pipeline, count(*) AS count FROM messages INDEXED BY open_messages WHERE state = 0 GROUP BY pipeline) f
              ON f.pipeline = l.pipeline
            """);
    }

    internal ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(MessageId after, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<OpenMessage>>(() =>
        {
            var ids = new List<long>();
            _open.Bind(1, after.Value).Bind(2, limit);
            while (_open.Step()) ids.Add(_open.Int64(0));
            var leased = new List<OpenMessage>(ids.Count);
            foreach (var id in ids)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_reader.ReadOpen(id) is { } message) leased.Add(message);
            }

            return leased;
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<PendingDelivery>> ReadDeliveriesAsync(IReadOnlyList<DeliveryId> deliveries, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<PendingDelivery>>(() =>
        {
            var pending = new List<PendingDelivery>(deliveries.Count);
            StoredMessage? message = null;
            foreach (var id in deliveries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (message?.Message.Id != id.Message) message = _reader.Read(id.Message.Value);
                if (message is null || _reader.ReadDelivery(message, id.Index) is not { State: DeliveryState.Pending } delivery) continue;
                var record = delivery.Record with { Body = delivery.Record.Body ?? message.Message.Body };
                pending.Add(MessageReader.Pending(delivery) with { Record = record });
            }

            return pending;
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<DeadLane>> ReadDeadLanesAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<DeadLane>>(() =>
        {
            var lanes = new List<DeadLane>();
            while (_deadLanes.Step())
            {
                lanes.Add(new DeadLane(
                    _names.Text(_deadLanes.Int64(0)), _deadLanes.Text(1), _names.Endpoint(_deadLanes.Int64(2)),
                    new DeliveryId(new MessageId(_deadLanes.Int64(3)), _deadLanes.Int32(4))));
            }

            return lanes;
        }, cancellationToken);

    internal ValueTask<MessageView?> FindAsync(MessageId id, CancellationToken cancellationToken) =>
        ReadAsync(() =>
        {
            if (_reader.Read(id.Value) is not { } stored) return null;
            var deliveries = _reader.ReadDeliveries(stored);
            return new MessageView(
                stored.Message,
                stored.State,
                MessageReader.WithDeliveries(stored.Outcome, deliveries),
                [.. deliveries.Select(d => new DeliveryView(d.Id, d.Record, d.State, d.Due, d.Settled, Attempts(d.Row)))],
                Duplicates(id.Value),
                Replays(id.Value)) { Edits = Edits(id.Value) };
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<MessageSummary>> QueryAsync(MessageQuery query, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<MessageSummary>>(() =>
        {
            var found = new List<MessageSummary>();
            if (query.Pipeline is not null && _names.Find(query.Pipeline) is null) return found;
            using var rows = Select(query);
            while (rows.Step())
            {
                cancellationToken.ThrowIfCancellationRequested();
                found.Add(Summary(rows));
            }

            return found;
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<LedgerRow>> ReadLedgerAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<LedgerRow>>(() =>
        {
            var rows = new List<LedgerRow>();
            while (_ledger.Step())
            {
                rows.Add(new LedgerRow(
                    _names.Text(_ledger.Int64(0)), _ledger.Int64(1), _ledger.Int64(2), _ledger.Int64(3), _ledger.Int64(4), _ledger.Int64(5), _ledger.Int64(6)));
            }

            rows.Sort((left, right) => string.CompareOrdinal(left.Pipeline, right.Pipeline));
            return rows;
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<XrefEntry>>(() => _xrefs.Find(keys), cancellationToken);

    internal ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(string entity, string id, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<XrefEntry>>(() => _xrefs.Find(entity, id, limit), cancellationToken);

    internal ValueTask<IReadOnlyList<MessageId>> FindWantedAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<MessageId>>(() => _xrefs.Wanted(keys), cancellationToken);

    internal ValueTask<IReadOnlyList<MessageId>> FindOverdueAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<MessageId>>(_xrefs.Overdue, cancellationToken);

    internal ValueTask<StateRecord?> FindStateAsync(string kind, string key, CancellationToken cancellationToken) =>
        ReadAsync(() => _states.Find(kind, key), cancellationToken);

    internal ValueTask<IReadOnlyList<StateRecord>> ListStatesAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<StateRecord>>(() => _states.List(kind, afterKey, limit), cancellationToken);

    internal ValueTask<IReadOnlyList<DeadCount>> CountDeadAsync(DeadQuery query, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<DeadCount>>(() => _dead.Count(query), cancellationToken);

    internal ValueTask<IReadOnlyList<MessageId>> FindDeadAsync(DeadQuery query, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<MessageId>>(() => _dead.Find(query), cancellationToken);

    public void Dispose()
    {
        _connection.Dispose();
        _one.Dispose();
    }

    private async ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _connection.Execute("BEGIN");
            return read();
        }
        finally
        {
            _connection.Rollback();
            _one.Release();
        }
    }

    private SqliteStatement Select(MessageQuery query)
    {
        var sql = new StringBuilder(SummaryColumns);
        var state = query.State is { } s ? string.Create(CultureInfo.InvariantCulture, $"state = {(int)s}") : null;
        string?[] conditions = [state, query.Pipeline is null ? null : "pipeline = ?1", query.Key is null ? null : "key = ?2", query.Before is null ? null : "id < ?3", Among(query.Ids)];
        var separator = " WHERE ";
        foreach (var condition in conditions)
        {
            if (condition is null) continue;
            sql.Append(separator).Append(condition);
            separator = " AND ";
        }

        sql.Append(" ORDER BY id DESC LIMIT ").Append(Math.Clamp(query.Limit, 0, MostRows));
        var rows = _connection.Once(sql.ToString());
        if (query.Pipeline is not null) rows.Bind(1, _names.Find(query.Pipeline));
        if (query.Key is not null) rows.Bind(2, query.Key);
        if (query.Before is { } before) rows.Bind(3, before.Value);
        return rows;
    }

    private static string? Among(IReadOnlyList<MessageId>? ids) =>
        ids is null ? null : $"id IN ({string.Join(',', ids.Select(id => id.Value.ToString(CultureInfo.InvariantCulture)))})";

    private MessageSummary Summary(SqliteStatement row)
    {
        var state = (MessageState)row.Int32(3);
        var reason = state switch
        {
            MessageState.Dead => FirstError(row),
            MessageState.Filtered => FilteredBy(JournalEncoding.Steps(row.Span(8))),
            _ => null,
        };
        return new MessageSummary(
            new MessageId(row.Int64(0)), _names.Text(row.Int64(1)), row.Text(2), state, MessageReader.Time(row.Int64(4)), row.Int32(5), row.Int32(6), reason);
    }

    private string? FirstError(SqliteStatement row)
    {
        var findings = FindingJson.Read(row.Span(9));
        if (Array.Find(findings, f => f.Severity == Severity.Error) is { } error) return error.ToString();
        var first = row.Int64(7);
        if (!_firstError.Bind(1, first).Bind(2, first + row.Int32(5)).Step()) return null;
        var found = FindingJson.Read(_firstError.Span(0));
        _firstError.Reset();
        return found.Length == 0 ? null : found[0].ToString();
    }

    private static string? FilteredBy(StepOutcome[] steps)
    {
        var step = Array.FindLastIndex(steps, s => s.Result == StepResultKind.Filtered);
        return step < 0 ? null : steps[step].Step.ToString(CultureInfo.InvariantCulture);
    }

    private List<AttemptRecord> Attempts(long row)
    {
        var attempts = new List<AttemptRecord>();
        _attempts.Bind(1, row);
        while (_attempts.Step())
        {
            var error = FindingJson.Read(_attempts.Span(3))[0];
            attempts.Add(new AttemptRecord(_attempts.Int32(0), MessageReader.Time(_attempts.Int64(1)), _attempts.Int32(2) != 0, error));
        }

        return attempts;
    }

    private List<DateTimeOffset> Duplicates(long message)
    {
        var found = new List<DateTimeOffset>();
        _duplicates.Bind(1, message);
        while (_duplicates.Step()) found.Add(MessageReader.Time(_duplicates.Int64(0)));
        return found;
    }

    private List<ReplayView> Replays(long message)
    {
        var found = new List<ReplayView>();
        _replays.Bind(1, message);
        while (_replays.Step()) found.Add(new ReplayView(MessageReader.Time(_replays.Int64(0)), _replays.Text(1)));
        return found;
    }

    private List<EditView> Edits(long message)
    {
        var found = new List<EditView>();
        _edits.Bind(1, message);
        while (_edits.Step())
        {
            found.Add(new EditView(
                _edits.Int32(0), (int?)_edits.NullableInt64(1), MessageReader.Time(_edits.Int64(2)), _edits.Text(3), _edits.Text(4), _edits.Text(5), _edits.Text(6),
                _edits.Blob(7), FindingJson.Read(_edits.Span(8))));
        }

        return found;
    }
}
