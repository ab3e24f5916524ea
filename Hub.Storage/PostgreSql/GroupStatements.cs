using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Storage.Records;

namespace Hub.Storage.PostgreSql;

/// <summary>
/// Writes the rows of a run: one statement a table, whatever the number of rows. Statements that rest on what was known of
/// a row divide by zero when the row is another meanwhile, which takes the whole group back.
/// </summary>
internal sealed partial class GroupStatements(PostgreSqlNames names, ByteArena arena)
{
    /// <summary>Messages that are settled together but were accepted further apart than this (ten minutes) stand in rows of their own.</summary>
    private const long MostSpan = 600_000L << 22;

    internal const string ClaimKeys = "INSERT INTO dedupe(pipeline, key, message) SELECT unnest($1), unnest($2), unnest($3)";

    private const string InsertMessages =
        """
        INSERT INTO messages(id, received, pipeline, deliveries, outcome, key, head, original, body, result)
        SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8), unnest($9), unnest($10)
        """;

    private const string InsertOutcomes =
        """
        INSERT INTO outcomes(message, state, deliveries, result) SELECT unnest($1), unnest($2), unnest($3), unnest($4)
        ON CONFLICT(message) DO UPDATE SET state = excluded.state, deliveries = excluded.deliveries, result = excluded.result
        """;

    private const string InsertBodies = "INSERT INTO bodies(message, place, body) SELECT unnest($1), unnest($2), unnest($3)";

    private const string InsertOpen =
        """
        INSERT INTO open_messages(id, commit, lane_group, since, outcome, pipeline, deliveries, pending, dead, version)
        SELECT unnest($1), c.number, unnest($9), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8) FROM (SELECT nextval('commit_numbers') AS number) c
        """;

    // A node's commit has drawn its number already.
    private static readonly string InsertOpenOfNode = InsertOpen.Replace("nextval", "currval", StringComparison.Ordinal);

    private const string DeleteNew =
        "WITH d AS (DELETE FROM open_messages WHERE id = ANY($1) AND version = 0 RETURNING 1) SELECT 1 / (count(*) = $2)::int FROM d";

    private const string DeleteOpen =
        """
        WITH d AS (DELETE FROM open_messages o USING (SELECT unnest($1) AS id, unnest($2) AS version) c WHERE o.id = c.id AND o.version = c.version RETURNING 1)
        SELECT 1 / (count(*) = $3)::int FROM d
        """;

    private const string UpdateOpen =
        """
        WITH d AS (
          UPDATE open_messages o SET outcome = c.outcome, deliveries = c.deliveries, pending = c.pending, dead = c.dead, version = c.version
          FROM (SELECT unnest($1) AS id, unnest($2) AS stored, unnest($3) AS outcome, unnest($4) AS deliveries, unnest($5) AS pending, unnest($6) AS dead, unnest($7) AS version) c
          WHERE o.id = c.id AND o.version = c.stored RETURNING 1)
        SELECT 1 / (count(*) = $8)::int FROM d
        """;

    private const string InsertSettlements = "INSERT INTO settlements(first, last, entries) SELECT unnest($1), unnest($2), unnest($3)";

    private const string InsertDead = "INSERT INTO dead_messages(id, settled, pipeline, code) SELECT unnest($1), unnest($2), unnest($3), unnest($4)";

    private const string InsertDuplicates = "INSERT INTO duplicates(message, at) SELECT unnest($1), unnest($2)";

    private const string WriteRows =
        """
        INSERT INTO delivery_states(message, place, state, attempts, due, settled, destination, code)
        SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8)
        ON CONFLICT(message, place) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, due = excluded.due, settled = excluded.settled,
          destination = excluded.destination, code = excluded.code
        """;

    private const string WriteAttempts =
        """
        INSERT INTO attempts(message, place, number, at, transient, finding) SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)
        ON CONFLICT(message, place, number) DO UPDATE SET at = excluded.at, transient = excluded.transient, finding = excluded.finding
        """;

    private const string MoveLedger =
        """
        INSERT INTO ledger(pipeline, slot, received, delivered, filtered, duplicate, dead)
        SELECT unnest($1), $2, unnest($3), unnest($4), unnest($5), unnest($6), unnest($7)
        ON CONFLICT(pipeline, slot) DO UPDATE SET received = ledger.received + excluded.received, delivered = ledger.delivered + excluded.delivered,
          filtered = ledger.filtered + excluded.filtered, duplicate = ledger.duplicate + excluded.duplicate, dead = ledger.dead + excluded.dead
        """;

    /// <summary>Adds what a run has gathered; its dedupe keys only where nobody has claimed them yet.</summary>
    internal void Add(PgBatch batch, GroupRun run, bool claim)
    {
        if (claim && run.Claims.Count > 0) AddClaims(batch, ClaimKeys, run.Claims);
        if (run.Accepted.Count > 0) AddMessages(batch, run.Accepted);
        if (run.Completed.Count > 0) AddOutcomes(batch, run.Completed);
        if (run.Changed.Count > 0 || run.DeadAtOnce.Count > 0) AddOpen(batch, run);
        if (run.Duplicates.Count > 0) batch.Add(InsertDuplicates, Of(run.Duplicates, d => d.Message), Of(run.Duplicates, d => d.At));
        if (run.Rows.Count > 0) AddRows(batch, run.Rows);
        if (run.Attempts.Count > 0) AddAttempts(batch, run.Attempts);
        if (run.States.Count > 0) AddStates(batch, run.States.Values);
        if (run.Xrefs.Count > 0 || run.Wanted.Count > 0) AddXrefs(batch, run);
    }

    /// <summary>Keys in the order of their index: two writers that claim the same keys wait for each other, and not in a circle.</summary>
    internal void AddClaims(PgBatch batch, string sql, List<(int Pipeline, string Key, long Message)> claims)
    {
        var rows = new (int Pipeline, ReadOnlyMemory<byte> Key, long Message)[claims.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = (claims[i].Pipeline, DedupeKey(claims[i].Key), claims[i].Message);
        Array.Sort(rows, (x, y) => x.Pipeline != y.Pipeline ? x.Pipeline.CompareTo(y.Pipeline) : x.Key.Span.SequenceCompareTo(y.Key.Span));
        batch.Add(sql, PgParameter.Of(Array.ConvertAll(rows, r => r.Pipeline)), PgParameter.Of(Array.ConvertAll(rows, r => r.Key)), PgParameter.Of(Array.ConvertAll(rows, r => r.Message)));
    }

    internal ReadOnlyMemory<byte> DedupeKey(string key)
    {
        arena.Advance(JournalEncoding.DedupeKey(key, arena.GetSpan(JournalEncoding.LongestKey)).Length);
        return arena.Take();
    }

    internal static void AddLedger(PgBatch batch, LedgerCounts ledger, short slot)
    {
        if (ledger.Count == 0) return;
        var rows = ledger.All.ToArray();
        batch.Add(
            MoveLedger,
            PgParameter.Of(Array.ConvertAll(rows, r => r.Key)),
            PgParameter.Of((int)slot),
            PgParameter.Of(Array.ConvertAll(rows, r => r.Value.Received)),
            PgParameter.Of(Array.ConvertAll(rows, r => r.Value.Delivered)),
            PgParameter.Of(Array.ConvertAll(rows, r => r.Value.Filtered)),
            PgParameter.Of(Array.ConvertAll(rows, r => r.Value.Duplicate)),
            PgParameter.Of(Array.ConvertAll(rows, r => r.Value.Dead)));
    }

    private void AddMessages(PgBatch batch, List<AcceptOperation> accepted)
    {
        var count = accepted.Count;
        var (ids, received) = (new long[count], new long[count]);
        var (pipelines, deliveries, outcomes) = (new int[count], new int[count], new short?[count]);
        var (keys, heads, bodies) = (new ReadOnlyMemory<byte>[count], new ReadOnlyMemory<byte>[count], new ReadOnlyMemory<byte>[count]);
        var (originals, results) = (new ReadOnlyMemory<byte>?[count], new ReadOnlyMemory<byte>?[count]);
        List<(long, int, ReadOnlyMemory<byte>)>? apart = null;
        for (var i = 0; i < count; i++)
        {
            var message = accepted[i].Message;
            ids[i] = message.Id.Value;
            received[i] = message.ReceivedAt.UtcTicks;
            pipelines[i] = names[message.Pipeline];
            keys[i] = arena.Utf8(message.Key);
            MessageHead.Write(message, names, arena);
            heads[i] = arena.Take();
            bodies[i] = message.Body;
            if (!message.Original.IsEmpty) originals[i] = message.Original;
            if (accepted[i].Outcome is not { } outcome) continue;
            deliveries[i] = outcome.Deliveries.Count;
            outcomes[i] = (short)outcome.State;
            results[i] = Result(message.Id, outcome, ref apart);
        }

        batch.Add(
            InsertMessages, PgParameter.Of(ids), PgParameter.Of(received), PgParameter.Of(pipelines), PgParameter.Of(deliveries), PgParameter.Of(outcomes),
            PgParameter.Of(keys), PgParameter.Of(heads), PgParameter.Of(originals), PgParameter.Of(bodies), PgParameter.Of(results));
        AddBodies(batch, apart);
    }

    private void AddOutcomes(PgBatch batch, List<CompleteOperation> completed)
    {
        List<(long, int, ReadOnlyMemory<byte>)>? apart = null;
        batch.Add(
            InsertOutcomes,
            Of(completed, c => c.Message.Value),
            PgParameter.Of(completed.ConvertAll(c => (short)c.Outcome.State).ToArray()),
            PgParameter.Of(completed.ConvertAll(c => c.Outcome.Deliveries.Count).ToArray()),
            PgParameter.Of(completed.ConvertAll(c => Result(c.Message, c.Outcome, ref apart)).ToArray()));
        AddBodies(batch, apart);
    }

    private ReadOnlyMemory<byte> Result(MessageId message, PipelineOutcome outcome, ref List<(long, int, ReadOnlyMemory<byte>)>? apart)
    {
        var standApart = OutcomeCodec.StandApart(outcome);
        OutcomeCodec.Write(outcome, names, standApart, arena);
        if (standApart)
        {
            apart ??= [];
            for (var i = 0; i < outcome.Deliveries.Count; i++)
            {
                if (outcome.Deliveries[i].Body is { } body) apart.Add((message.Value, i, body));
            }
        }

        return arena.Take();
    }

    private static void AddBodies(PgBatch batch, List<(long Message, int Place, ReadOnlyMemory<byte> Body)>? apart)
    {
        if (apart is null) return;
        batch.Add(InsertBodies, Of(apart, b => b.Message), PgParameter.Of(apart.ConvertAll(b => b.Place).ToArray()), PgParameter.Of(apart.ConvertAll(b => b.Body).ToArray()));
    }

    private static Npgsql.NpgsqlParameter Of<T>(List<T> rows, Converter<T, long> value)
    {
        var values = new long[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(rows[i]);
        return PgParameter.Of(values);
    }
}
