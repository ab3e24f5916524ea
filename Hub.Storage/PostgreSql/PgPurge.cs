using Hub.Core.Journal;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>Forgets closed messages and all that belongs to them; the ledger's counters stay.</summary>
internal static class PgPurge
{
    internal const string HighestMark = "highest message";

    // Ids hold the time of acceptance, which is before the end: younger rows are not looked at. A message that was neither
    // delivered nor died by a delivery was closed when it was accepted or last replayed.
    private const string Find =
        """
        SELECT m.id, m.pipeline, m.head, x.settled, (SELECT max(r.at) FROM replays r WHERE r.message = m.id), m.received FROM messages m
        LEFT JOIN open_messages o ON o.id = m.id LEFT JOIN dead_messages x ON x.id = m.id
        WHERE m.id > $1 AND m.id < $2 AND m.received < $3 AND o.id IS NULL AND ($4 OR x.id IS NULL) ORDER BY m.id LIMIT $5
        """;

    private const string FindSettlements = "SELECT entries FROM settlements WHERE int8range(first, last, '[]') && int8range($1, $2, '[]')";

    // A commit whose messages are all gone tells nobody anything.
    private const string DeleteSettlements =
        """
        DELETE FROM settlements s WHERE int8range(s.first, s.last, '[]') && int8range($1, $2, '[]') AND s.last <= $2
          AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id >= s.first AND m.id <= s.last)
        """;

    private const int MostAtOnce = 1000;

    private static readonly string[] ByMessage = ["outcomes", "bodies", "delivery_states", "attempts", "duplicates", "replays", "edits", "xrefs_wanted"];

    internal static void Run(NpgsqlConnection connection, GroupStatements statements, PurgeOperation operation)
    {
        operation.Purged = 0;
        var after = 0L;
        while (operation.Purged < operation.Limit)
        {
            var most = Math.Min(MostAtOnce, operation.Limit - operation.Purged);
            var candidates = Read(connection, operation, after, most);
            if (candidates.Count == 0) return;
            after = candidates[^1].Id;
            AddSettled(connection, candidates);
            var found = candidates.FindAll(c => c.Closed < operation.Before.UtcTicks);

            // One that another hub opens again at this moment stays.
            if (found.Exists(f => f.Died is not null)) found = Kept(connection, found);
            if (found.Count > 0) Delete(connection, statements, found, operation.KeysFrom?.UtcTicks);
            operation.Purged += found.Count;
            if (candidates.Count < most) return;
        }
    }

    internal static void Run(NpgsqlConnection connection, PurgeKeysOperation operation)
    {
        var gone = new List<(long Message, int Pipeline, ReadOnlyMemory<byte> Key)>();
        using (var kept = new NpgsqlCommand(
            """
            DELETE FROM kept_keys k USING (SELECT closed, message FROM kept_keys WHERE closed < $1 ORDER BY closed, message LIMIT $2) o
            WHERE k.closed = o.closed AND k.message = o.message RETURNING k.message, k.pipeline, k.key
            """,
            connection))
        {
            kept.Parameters.AddRange((NpgsqlParameter[])[PgParameter.Of(operation.Before.UtcTicks), PgParameter.Of((long)operation.Limit)]);
            using var reader = kept.ExecuteReader();
            while (reader.Read()) gone.Add((reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)));
        }

        operation.Purged = gone.Count;
        if (gone.Count == 0) return;
        using var batch = new PgBatch(connection);
        batch.Add(
            "DELETE FROM dedupe d USING (SELECT unnest($1) AS pipeline, unnest($2) AS key) k WHERE d.pipeline = k.pipeline AND d.key = k.key",
            PgParameter.Of(gone.ConvertAll(g => g.Pipeline).ToArray()), PgParameter.Of(gone.ConvertAll(g => g.Key).ToArray()));

        // It may have been sent again since its message went.
        batch.Add("DELETE FROM duplicates WHERE message = ANY($1)", PgParameter.Of(gone.ConvertAll(g => g.Message).ToArray()));
        batch.Run();
    }

    private static List<Candidate> Read(NpgsqlConnection connection, PurgeOperation operation, long after, int most)
    {
        var found = new List<Candidate>();
        using var command = new NpgsqlCommand(Find, connection);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            PgParameter.Of(after), PgParameter.Of(MessageIdSource.First(operation.Before).Value), PgParameter.Of(operation.Before.UtcTicks), PgParameter.Of(operation.Dead),
            PgParameter.Of((long)most),
        ]);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            long? died = reader.IsDBNull(3) ? null : reader.GetInt64(3);
            var closed = died ?? (reader.IsDBNull(4) ? reader.GetInt64(5) : reader.GetInt64(4));
            found.Add(new Candidate(reader.GetInt64(0), reader.GetInt32(1), MessageHead.DedupeKey(reader.GetFieldValue<byte[]>(2)), died) { Closed = closed });
        }

        return found;
    }

    /// <summary>When those that were delivered were.</summary>
    private static void AddSettled(NpgsqlConnection connection, List<Candidate> candidates)
    {
        using var command = new NpgsqlCommand(FindSettlements, connection);
        command.Parameters.AddRange((NpgsqlParameter[])[PgParameter.Of(candidates[0].Id), PgParameter.Of(candidates[^1].Id)]);
        var byId = candidates.ToDictionary(c => c.Id);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            foreach (var (id, at) in Settlements.Read(reader.GetFieldValue<byte[]>(0)))
            {
                if (byId.TryGetValue(id, out var candidate)) candidate.Closed = at;
            }
        }
    }

    private static List<Candidate> Kept(NpgsqlConnection connection, List<Candidate> found)
    {
        var gone = new HashSet<long>();
        using var command = new NpgsqlCommand("DELETE FROM dead_messages WHERE id = ANY($1) RETURNING id", connection);
        command.Parameters.Add(PgParameter.Of(found.Where(f => f.Died is not null).Select(f => f.Id).ToArray()));
        using var reader = command.ExecuteReader();
        while (reader.Read()) gone.Add(reader.GetInt64(0));
        return found.FindAll(f => f.Died is null || gone.Contains(f.Id));
    }

    private static void Delete(NpgsqlConnection connection, GroupStatements statements, List<Candidate> found, long? keysFrom)
    {
        long[] ids = [.. found.Select(f => f.Id)];
        using var batch = new PgBatch(connection);
        batch.Add("DELETE FROM messages WHERE id = ANY($1)", PgParameter.Of(ids));
        foreach (var table in ByMessage) batch.Add($"DELETE FROM {table} WHERE message = ANY($1)", PgParameter.Of(ids));
        var keyed = found.FindAll(f => f.DedupeKey is not null);
        if (keyed.FindAll(f => !(f.Closed >= keysFrom)) is { Count: > 0 } gone)
        {
            batch.Add(
                """
                DELETE FROM dedupe d USING (SELECT unnest($1) AS pipeline, unnest($2) AS key, unnest($3) AS message) k
                WHERE d.pipeline = k.pipeline AND d.key = k.key AND d.message = k.message
                """,
                Pipelines(gone), Keys(gone), Ids(gone));
        }

        if (keyed.FindAll(f => f.Closed >= keysFrom) is { Count: > 0 } kept)
        {
            batch.Add(
                "INSERT INTO kept_keys(pipeline, key, message, closed) SELECT unnest($1), unnest($2), unnest($3), unnest($4)",
                Pipelines(kept), Keys(kept), Ids(kept), PgParameter.Of(kept.ConvertAll(k => k.Closed).ToArray()));
        }

        batch.Add(DeleteSettlements, PgParameter.Of(ids[0]), PgParameter.Of(ids[^1]));

        // Ids never go back, also when the newest message is purged and the clock is put back before the next start.
        batch.Add(
            "INSERT INTO marks(name, value) VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET value = greatest(marks.value, excluded.value)",
            PgParameter.Of(HighestMark), PgParameter.Of(ids[^1]));
        batch.Run();

        static NpgsqlParameter Pipelines(List<Candidate> rows) => PgParameter.Of(rows.ConvertAll(r => r.Pipeline).ToArray());
        static NpgsqlParameter Ids(List<Candidate> rows) => PgParameter.Of(rows.ConvertAll(r => r.Id).ToArray());
        NpgsqlParameter Keys(List<Candidate> rows) => PgParameter.Of(rows.ConvertAll(r => statements.DedupeKey(r.DedupeKey!)).ToArray());
    }

    /// <param name="Died">When its last delivery was given up, or when it was accepted or replayed for a pipeline that failed; null when it is not dead.</param>
    private sealed record Candidate(long Id, int Pipeline, string? DedupeKey, long? Died)
    {
        internal required long Closed { get; set; }
    }
}
