using System.Text;
using Hub.Core.Journal;
using Hub.Storage.PostgreSql.Nodes;
using Hub.Storage.Records;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>Opens dead messages again, with another body when one is given; the one there was is kept.</summary>
internal sealed class PgReplay(WritingConnection writing, PostgreSqlNames names, LedgerCounts ledger, NodeCommits nodes)
{
    private const string Reopen =
        """
        INSERT INTO open_messages(id, commit, lane_group, since, outcome, pipeline, deliveries, pending, dead, version)
        SELECT m.id, nextval('commit_numbers'), $3, $2, 0, m.pipeline, coalesce(u.deliveries, m.deliveries),
          (SELECT count(*) FROM delivery_states s WHERE s.message = m.id AND s.state = 0), (SELECT count(*) FROM delivery_states s WHERE s.message = m.id AND s.state = 2), 1
        FROM messages m LEFT JOIN outcomes u ON u.message = m.id WHERE m.id = $1
        """;

    // Without an outcome, whatever was written before: the pipeline is to run once more.
    private const string Rerun =
        """
        INSERT INTO open_messages(id, commit, lane_group, since, outcome, pipeline, deliveries, pending, dead, version)
        SELECT m.id, nextval('commit_numbers'), $3, $2, NULL, m.pipeline, 0, 0, 0, 1 FROM messages m WHERE m.id = $1
        """;

    private readonly PgMessageReader _reader = new(names);

    private NpgsqlConnection Connection => writing.Connection;

    internal void Replay(ReplayOperation operation)
    {
        operation.Reopened = null;
        operation.Refusal = null;
        var id = operation.Message.Value;

        // Whoever purges or replays the same dead message meanwhile waits here.
        using (var dead = new NpgsqlCommand("SELECT 1 FROM dead_messages WHERE id = $1 FOR UPDATE", Connection))
        {
            dead.Parameters.Add(PgParameter.Of(id));
            var stored = dead.ExecuteScalar() is null ? null : Read(id);
            operation.Refusal = stored is null ? Missing(id) : Refused(operation.Edit, stored);
            if (operation.Refusal is not null) return;
            using var batch = new PgBatch(Connection);
            batch.Add("DELETE FROM dead_messages WHERE id = $1", PgParameter.Of(id));
            var reruns = stored!.Outcome is null or { State: MessageState.Dead };
            if (operation.Edit is { } edit) reruns |= Edit(batch, operation, edit, stored);
            if (!reruns) Open(batch, id, operation.Edit?.Delivery);
            var group = nodes.GroupOf(stored.Message, staysHere: false);
            batch.Add(reruns ? Rerun : Reopen, PgParameter.Of(id), PgParameter.Of(operation.At.UtcTicks), PgParameter.Of(group));
            batch.Add(
                "INSERT INTO replays(message, at, reason) VALUES($1, $2, $3)", PgParameter.Of(id), PgParameter.Of(operation.At.UtcTicks), Text(operation.Reason));
            batch.Run();
            nodes.Reopened(operation, group);
            ledger.Reopened(names[stored.Message.Pipeline]);
        }

        operation.Reopened = Read(id)!.Open();
    }

    private static void Open(PgBatch batch, long id, int? place)
    {
        const string All = "UPDATE delivery_states SET state = 0, due = NULL, settled = NULL, destination = NULL, code = NULL WHERE message = $1 AND state = 2";
        if (place is { } one) batch.Add(All + " AND place = $2", PgParameter.Of(id), PgParameter.Of(one));
        else batch.Add(All, PgParameter.Of(id));
    }

    private static ReplayRefusal? Refused(MessageEdit? edit, PgStoredMessage stored)
    {
        if (edit is null) return null;
        if (edit.Delivery is { } place) return stored.Rows.TryGetValue(place, out var row) && row.State == DeliveryState.Dead ? null : ReplayRefusal.NoDeadDelivery;
        if (stored.Message.Attributes.Claim is not null) return ReplayRefusal.Claimed;
        return stored.Rows.Values.Any(r => r.State != DeliveryState.Dead) ? ReplayRefusal.Delivered : null;
    }

    private ReplayRefusal Missing(long id)
    {
        using var known = new NpgsqlCommand("SELECT 1 FROM messages WHERE id = $1", Connection);
        known.Parameters.Add(PgParameter.Of(id));
        return known.ExecuteScalar() is null ? ReplayRefusal.Unknown : ReplayRefusal.NotDead;
    }

    /// <returns>Whether the pipeline is to run on the new body.</returns>
    private bool Edit(PgBatch batch, ReplayOperation operation, MessageEdit edit, PgStoredMessage stored)
    {
        var id = operation.Message.Value;
        if (edit.Delivery is { } place)
        {
            var outcome = stored.Outcome!;
            Record(batch, operation, edit, outcome.Deliveries[place].Body ?? stored.Message.Body);
            Rewrite(batch, id, outcome with { Deliveries = [.. outcome.Deliveries.Select((d, i) => i == place ? d with { Body = edit.Body } : d)] });
            return false;
        }

        Record(batch, operation, edit, stored.Message.Body);
        batch.Add("UPDATE messages SET body = $2 WHERE id = $1", PgParameter.Of(id), PgParameter.Of(edit.Body));
        foreach (var table in (string[])["outcomes", "bodies", "delivery_states", "attempts", "xrefs_wanted"]) batch.Add($"DELETE FROM {table} WHERE message = $1", PgParameter.Of(id));
        return true;
    }

    /// <summary>Puts an outcome in the place of the one that came with the message.</summary>
    private void Rewrite(PgBatch batch, long id, PipelineOutcome outcome)
    {
        var arena = new ByteArena();
        var apart = OutcomeCodec.StandApart(outcome);
        OutcomeCodec.Write(outcome, names, apart, arena);
        batch.Add("DELETE FROM bodies WHERE message = $1", PgParameter.Of(id));
        batch.Add("DELETE FROM outcomes WHERE message = $1", PgParameter.Of(id));
        batch.Add(
            "INSERT INTO outcomes(message, state, deliveries, result) VALUES($1, $2, $3, $4)",
            PgParameter.Of(id), PgParameter.Of((int)outcome.State), PgParameter.Of(outcome.Deliveries.Count), PgParameter.Of(arena.Take()));
        for (var i = 0; apart && i < outcome.Deliveries.Count; i++)
        {
            if (outcome.Deliveries[i].Body is { } body) batch.Add("INSERT INTO bodies(message, place, body) VALUES($1, $2, $3)", PgParameter.Of(id), PgParameter.Of(i), PgParameter.Of(body));
        }
    }

    private static void Record(PgBatch batch, ReplayOperation operation, MessageEdit edit, ReadOnlyMemory<byte> original) => batch.Add(
        """
        INSERT INTO edits(message, number, delivery, at, by, reason, before, after, original, findings)
        SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9 FROM edits WHERE message = $1
        """,
        PgParameter.Of(operation.Message.Value), PgParameter.OfNullable(edit.Delivery), PgParameter.Of(operation.At.UtcTicks), Text(edit.By), Text(operation.Reason),
        PgParameter.Of(BodyHash.Of(original.Span)), PgParameter.Of(BodyHash.Of(edit.Body.Span)), PgParameter.Of(original), PgParameter.Of((ReadOnlyMemory<byte>)FindingJson.Write(edit.Findings)));

    private PgStoredMessage? Read(long id)
    {
        var found = _reader.ReadAsync(Connection, [id], CancellationToken.None).GetAwaiter().GetResult();
        if (found.Count == 0) return null;

        // An outcome that is written again needs the numbers of its names, which a reader knows only as texts.
        names.Need(found[0].Message.Pipeline);
        if (found[0].Outcome is { } outcome)
        {
            names.Need(outcome.Revision);
            foreach (var delivery in outcome.Deliveries) names.Need(delivery.Destination.ToString());
        }

        names.Give(Connection);
        return found[0];
    }

    private static NpgsqlParameter Text(string text) => PgParameter.Of((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text));
}
