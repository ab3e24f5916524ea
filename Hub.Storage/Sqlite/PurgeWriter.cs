using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Storage.Records;

namespace Hub.Storage.Sqlite;

/// <summary>Forgets closed messages and all that belongs to them; the ledger's counters stay.</summary>
internal sealed class PurgeWriter(SqliteConnection connection, XrefWriter xrefs, DeadLetterWriter dead)
{
    internal const string HighestMark = "highest message";

    private readonly SqliteStatement _find = connection.Prepare(
        """
        SELECT m.id, m.pipeline, m.first, m.deliveries, m.touched, c.dedupe_key, m.settled FROM messages m JOIN contents c ON c.id = m.id
        WHERE m.id < ?1 AND m.settled < ?2 AND (m.state IN (1, 2) OR (m.state = 3 AND ?3)) ORDER BY m.id LIMIT ?4
        """);

    private readonly SqliteStatement _mark = connection.Prepare(
        "INSERT INTO marks(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = max(value, ?2)");

    private readonly SqliteStatement _message = connection.Prepare("DELETE FROM messages WHERE id = ?1");
    private readonly SqliteStatement _content = connection.Prepare("DELETE FROM contents WHERE id = ?1");
    private readonly SqliteStatement _deliveries = connection.Prepare("DELETE FROM deliveries WHERE id >= ?1 AND id < ?2");
    private readonly SqliteStatement _states = connection.Prepare("DELETE FROM delivery_states WHERE id >= ?1 AND id < ?2");
    private readonly SqliteStatement _attempts = connection.Prepare("DELETE FROM attempts WHERE delivery >= ?1 AND delivery < ?2");
    private readonly SqliteStatement _key = connection.Prepare("DELETE FROM dedupe WHERE pipeline = ?1 AND key = ?2");
    private readonly SqliteStatement _duplicates = connection.Prepare("DELETE FROM duplicates WHERE message = ?1");
    private readonly SqliteStatement _edits = connection.Prepare("DELETE FROM edits WHERE message = ?1");
    private readonly SqliteStatement _keep = connection.Prepare("INSERT INTO kept_keys(closed, message, pipeline, key) VALUES(?1, ?2, ?3, ?4)");
    private readonly SqliteStatement _kept = connection.Prepare("SELECT id, message, pipeline, key FROM kept_keys WHERE closed < ?1 ORDER BY closed, message LIMIT ?2");
    private readonly SqliteStatement _forgetKept = connection.Prepare("DELETE FROM kept_keys WHERE id = ?1");
    private readonly SqliteStatement _replays = connection.Prepare("DELETE FROM replays WHERE message = ?1");

    internal void Purge(PurgeOperation operation)
    {
        var found = Find(operation);
        foreach (var message in found) Delete(message, operation.KeysFrom?.UtcTicks);

        // Ids never go back, also when the newest message is purged and the clock is put back before the next start.
        if (found.Count > 0) _mark.Bind(1, HighestMark).Bind(2, found[^1].Id).Run();
        operation.Purged = found.Count;
    }

    internal void Purge(PurgeKeysOperation operation)
    {
        var found = new List<(long Id, long Message, long Pipeline, byte[] Key)>();
        _kept.Bind(1, operation.Before.UtcTicks).Bind(2, operation.Limit);
        while (_kept.Step()) found.Add((_kept.Int64(0), _kept.Int64(1), _kept.Int64(2), _kept.Blob(3)));
        foreach (var (id, message, pipeline, key) in found)
        {
            _forgetKept.Bind(1, id).Run();
            _key.Bind(1, pipeline).Bind(2, key).Run();

            // It may have been sent again since its message went.
            _duplicates.Bind(1, message).Run();
        }

        operation.Purged = found.Count;
    }

    private List<Purged> Find(PurgeOperation operation)
    {
        var found = new List<Purged>();

        // Ids hold the time of acceptance, which is before the end: younger rows are not looked at.
        _find.Bind(1, MessageIdSource.First(operation.Before).Value).Bind(2, operation.Before.UtcTicks).Bind(3, operation.Dead ? 1 : 0).Bind(4, operation.Limit);
        while (_find.Step())
        {
            found.Add(new Purged(
                _find.Int64(0), _find.Int64(1), _find.Int64(2), _find.Int32(3), _find.Int32(4) != 0, _find.IsNull(5) ? null : _find.Text(5), _find.Int64(6)));
        }

        return found;
    }

    private void Delete(Purged message, long? keysFrom)
    {
        var end = message.First + message.Deliveries;
        _message.Bind(1, message.Id).Run();
        _content.Bind(1, message.Id).Run();
        if (message.Deliveries > 0) _deliveries.Bind(1, message.First).Bind(2, end).Run();
        if (message.Touched)
        {
            _states.Bind(1, message.First).Bind(2, end).Run();
            _attempts.Bind(1, message.First).Bind(2, end).Run();
        }

        if (message.DedupeKey is not null)
        {
            Span<byte> buffer = stackalloc byte[JournalEncoding.LongestKey];
            var key = JournalEncoding.DedupeKey(message.DedupeKey, buffer);
            if (message.Closed >= keysFrom) _keep.Bind(1, message.Closed).Bind(2, message.Id).Bind(3, message.Pipeline).Bind(4, key).Run();
            else _key.Bind(1, message.Pipeline).Bind(2, key).Run();
        }

        _duplicates.Bind(1, message.Id).Run();
        _replays.Bind(1, message.Id).Run();
        _edits.Bind(1, message.Id).Run();
        dead.Forget(message.Id);
        xrefs.Forget(new MessageId(message.Id));
    }

    private sealed record Purged(long Id, long Pipeline, long First, int Deliveries, bool Touched, string? DedupeKey, long Closed);
}
