using Hub.Core.Journal;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>Forgets closed messages and all that belongs to them; the ledger's counters stay.</summary>
internal static class PgPurge
{
    internal const string HighestMark = "highest message";

    // Ids hold the time of acceptance: younger rows are not looked at.
    private const string Find =
        """
        SELECT m.id, m.pipeline, m.head, x.id IS NOT NULL FROM messages m
        LEFT JOIN open_messages o ON o.id = m.id LEFT JOIN dead_messages x ON x.id = m.id
        WHERE m.id < $1 AND m.received < $2 AND o.id IS NULL AND ($3 OR x.id IS NULL) ORDER BY m.id LIMIT $4
        """;

    private static readonly string[] ByMessage = ["outcomes", "bodies", "delivery_states", "attempts", "duplicates", "replays", "xrefs_wanted"];

    internal static void Run(NpgsqlConnection connection, GroupStatements statements, PurgeOperation operation)
    {
        var found = Read(connection, operation);

        // One that another hub opens again at this moment stays.
        if (found.Exists(f => f.IsDead)) found = Kept(connection, found);
        operation.Purged = found.Count;
        if (found.Count == 0) return;
        long[] ids = [.. found.Select(f => f.Id)];
        using var batch = new PgBatch(connection);
        batch.Add("DELETE FROM messages WHERE id = ANY($1)", PgParameter.Of(ids));
        foreach (var table in ByMessage) batch.Add($"DELETE FROM {table} WHERE message = ANY($1)", PgParameter.Of(ids));
        var keyed = found.FindAll(f => f.DedupeKey is not null);
        if (keyed.Count > 0)
        {
            batch.Add(
                """
                DELETE FROM dedupe d USING (SELECT unnest($1) AS pipeline, unnest($2) AS key, unnest($3) AS message) k
                WHERE d.pipeline = k.pipeline AND d.key = k.key AND d.message = k.message
                """,
                PgParameter.Of(keyed.ConvertAll(k => k.Pipeline).ToArray()), PgParameter.Of(keyed.ConvertAll(k => statements.DedupeKey(k.DedupeKey!)).ToArray()),
                PgParameter.Of(keyed.ConvertAll(k => k.Id).ToArray()));
        }

        // The oldest go first: behind the last one that went no delivered message is left.
        batch.Add("DELETE FROM settlements WHERE int8range(first, last, '[]') << int8range($1, NULL)", PgParameter.Of(ids[^1] + 1));

        // Ids never go back, also when the newest message is purged and the clock is put back before the next start.
        batch.Add(
            "INSERT INTO marks(name, value) VALUES($1, $2) ON CONFLICT(name) DO UPDATE SET value = greatest(marks.value, excluded.value)",
            PgParameter.Of(HighestMark), PgParameter.Of(ids[^1]));
        batch.Run();
    }

    private static List<Purged> Read(NpgsqlConnection connection, PurgeOperation operation)
    {
        var found = new List<Purged>();
        using var command = new NpgsqlCommand(Find, connection);
        command.Parameters.AddRange(
        (NpgsqlParameter[])[
            PgParameter.Of(MessageIdSource.First(operation.Before).Value), PgParameter.Of(operation.Before.UtcTicks), PgParameter.Of(operation.Dead), PgParameter.Of((long)operation.Limit),
        ]);
        using var reader = command.ExecuteReader();
        while (reader.Read()) found.Add(new Purged(reader.GetInt64(0), reader.GetInt32(1), MessageHead.DedupeKey(reader.GetFieldValue<byte[]>(2)), reader.GetBoolean(3)));
        return found;
    }

    private static List<Purged> Kept(NpgsqlConnection connection, List<Purged> found)
    {
        var gone = new HashSet<long>();
        using var command = new NpgsqlCommand("DELETE FROM dead_messages WHERE id = ANY($1) RETURNING id", connection);
        command.Parameters.Add(PgParameter.Of(found.Where(f => f.IsDead).Select(f => f.Id).ToArray()));
        using var reader = command.ExecuteReader();
        while (reader.Read()) gone.Add(reader.GetInt64(0));
        return found.FindAll(f => !f.IsDead || gone.Contains(f.Id));
    }

    private sealed record Purged(long Id, int Pipeline, string? DedupeKey, bool IsDead);
}
