using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Nodes;
using Hub.Storage.PostgreSql.Nodes;
using Mappings.Diagnostics;
using Mappings.Xrefs;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>
/// A group inside a transaction that is open: what is not known is asked for. Operations that look at what was written
/// before them end a run: its rows are written first.
/// </summary>
internal sealed class GroupQuestions(WritingConnection writing, PostgreSqlNames names, GroupRun run, LedgerCounts ledger, GroupStatements statements, NodeCommits nodes)
{
    private readonly PgReplay _replays = new(writing, names, ledger, nodes);
    private readonly HashSet<(string Kind, string Key)> _states = [];
    private readonly List<JournalOperation> _waiting = [];

    private NpgsqlConnection Connection => writing.Connection;

    /// <summary>Whether a group needs more than is known here.</summary>
    internal bool HaveToBeAsked(IReadOnlyList<JournalOperation> group)
    {
        _states.Clear();
        HashSet<long>? accepted = null;
        for (var i = 0; i < group.Count; i++)
        {
            switch (group[i])
            {
                case AcceptOperation { Repairs: not null }: return true;
                case AcceptOperation accept: (accepted ??= []).Add(accept.Message.Id.Value); break;
                case WriteStateOperation state when !_states.Add((state.Kind, state.Key)): return true;
                case WriteStateOperation or CountOperation or CollectOperation: break;
                case { } other when Subject(other) is { } message:
                    if (accepted?.Contains(message) == true) break;
                    if (!run.Open.TryGetValue(message, out var header) || (other is DeadLetterOperation && header.Destinations is null)) return true;
                    break;
                default: return true;
            }
        }

        return false;
    }

    internal void GiveNames(IReadOnlyList<JournalOperation> group)
    {
        for (var i = 0; i < group.Count; i++)
        {
            switch (group[i])
            {
                case AcceptOperation { Message: var message } accept:
                    names.Need(message.Pipeline);
                    names.Need(message.Endpoint);
                    names.Need(message.Revision);
                    Need(accept.Outcome);
                    break;
                case CompleteOperation complete: Need(complete.Outcome); break;
                case CountOperation count: names.Need(count.Pipeline); break;
                case WriteStateOperation state: names.Need(state.Kind); break;
                case SettleOperation { Identity: { } entry }: GroupStatements.Need(names, entry.Key); break;
                case RecordXrefsOperation record:
                    foreach (var entry in record.Xrefs) GroupStatements.Need(names, entry.Key);
                    break;
                default: break;
            }
        }

        names.Give(Connection);
    }

    internal void Apply(IReadOnlyList<JournalOperation> group)
    {
        _states.Clear();
        _waiting.Clear();
        for (var i = 0; i < group.Count; i++)
        {
            switch (group[i])
            {
                case AcceptOperation { Repairs: { } repaired } accept:
                    Write();
                    if (IsSuperseded(accept, repaired)) continue;
                    _waiting.Add(accept);
                    Write();
                    break;
                case ReplayOperation replay:
                    Write();
                    _replays.Replay(replay);
                    break;
                case PurgeOperation purge:
                    Write();
                    PgPurge.Run(Connection, statements, purge);
                    break;
                case PurgeKeysOperation keys:
                    Write();
                    PgPurge.Run(Connection, keys);
                    break;
                case TakeGroupsOperation take: nodes.Take(take); break;
                case GiveUpGroupOperation giveUp: nodes.GiveUp(giveUp); break;
                case LeaveOperation: nodes.Leave(); break;
                case RecordXrefsOperation record:
                    Write();
                    Record(record);
                    break;
                case WriteStateOperation state:
                    // One at a time, so that the refusal can say which version there is.
                    Write();
                    _waiting.Add(state);
                    CheckVersion(state);
                    Write();
                    break;
                default: _waiting.Add(group[i]); break;
            }
        }

        Write();
    }

    private static long? Subject(JournalOperation operation) => operation switch
    {
        SettleOperation settle => settle.Delivery.Message.Value,
        CompleteOperation complete => complete.Message.Value,
        RescheduleOperation reschedule => reschedule.Delivery.Message.Value,
        DeadLetterOperation dead => dead.Delivery.Message.Value,
        _ => null,
    };

    private void Need(PipelineOutcome? outcome)
    {
        if (outcome is null) return;
        names.Need(outcome.Revision);
        for (var i = 0; i < outcome.Deliveries.Count; i++) names.Need(outcome.Deliveries[i].Destination);
        foreach (var entry in outcome.Created) GroupStatements.Need(names, entry.Key);
        foreach (var key in outcome.Wanted) GroupStatements.Need(names, key);
    }

    /// <summary>Applies and writes what has gathered.</summary>
    private void Write()
    {
        if (_waiting.Count == 0) return;
        Load();
        Claim();
        foreach (var operation in _waiting) run.Apply(operation);
        _waiting.Clear();
        using var batch = new PgBatch(Connection);
        statements.Add(batch, run, claim: false);
        if (batch.Count > 0) batch.Run();
        run.Written();
    }

    /// <summary>Reads the open messages that are not known, and keeps others from changing them.</summary>
    private void Load()
    {
        long[] ids = [.. _waiting.Select(Subject).OfType<long>().Where(id => !run.Open.ContainsKey(id)).Distinct().Order()];
        if (ids.Length > 0) Load(ids);
        long[] dying = [.. _waiting.OfType<DeadLetterOperation>().Select(d => d.Delivery.Message.Value).Where(id => run.Open.TryGetValue(id, out var h) && h is { HasOutcome: true, Destinations: null }).Distinct()];
        if (dying.Length > 0) LoadDestinations(dying);
    }

    private void Load(long[] ids)
    {
        using var batch = new PgBatch(Connection);
        batch.Add("SELECT id, pipeline, outcome, deliveries, pending, dead, version, since FROM open_messages WHERE id = ANY($1) ORDER BY id FOR UPDATE", PgParameter.Of(ids));
        batch.Add($"SELECT {DeliveryRow.Columns} FROM delivery_states WHERE message = ANY($1)", PgParameter.Of(ids));
        using var reader = batch.Read();
        while (reader.Read())
        {
            run.Open[reader.GetInt64(0)] = new OpenHeader
            {
                Id = reader.GetInt64(0), Pipeline = reader.GetInt32(1), HasOutcome = !reader.IsDBNull(2), Deliveries = reader.GetInt32(3),
                Pending = reader.GetInt32(4), Dead = reader.GetInt32(5), Version = reader.GetInt32(6), Stored = reader.GetInt32(6), Since = reader.GetInt64(7),
            };
        }

        reader.NextResult();
        while (reader.Read())
        {
            if (!run.Open.TryGetValue(reader.GetInt64(0), out var header)) continue;
            (header.Rows ??= [])[reader.GetInt32(1)] = DeliveryRow.Read(reader);
        }
    }

    /// <summary>A delivery that is given up is listed with where it was to go.</summary>
    private void LoadDestinations(long[] ids)
    {
        using var command = new NpgsqlCommand("SELECT m.id, CASE WHEN u.message IS NULL THEN m.result ELSE u.result END FROM messages m LEFT JOIN outcomes u ON u.message = m.id WHERE m.id = ANY($1)", Connection);
        command.Parameters.Add(PgParameter.Of(ids));
        using var reader = command.ExecuteReader();
        while (reader.Read()) run.Open[reader.GetInt64(0)].Destinations = OutcomeCodec.Destinations(reader.GetFieldValue<byte[]>(1));
    }

    /// <summary>Claims the dedupe keys, and learns whose the others are.</summary>
    private void Claim()
    {
        var first = new Dictionary<(int Pipeline, string Key), long>();
        foreach (var operation in _waiting)
        {
            if (operation is AcceptOperation { Message: { DedupeKey: { } key } message }) first.TryAdd((names[message.Pipeline], key), message.Id.Value);
        }

        if (first.Count == 0) return;
        using var batch = new PgBatch(Connection);
        statements.AddClaims(batch, GroupStatements.ClaimKeys + " ON CONFLICT DO NOTHING", [.. first.Select(f => (f.Key.Pipeline, f.Key.Key, f.Value))]);
        var asked = first.ToList();
        batch.Add(
            "SELECT k.number, d.message FROM (SELECT unnest($1) AS number, unnest($2) AS pipeline, unnest($3) AS key) k JOIN dedupe d ON d.pipeline = k.pipeline AND d.key = k.key",
            PgParameter.Of(Enumerable.Range(0, asked.Count).ToArray()), PgParameter.Of(asked.ConvertAll(a => a.Key.Pipeline).ToArray()),
            PgParameter.Of(asked.ConvertAll(a => statements.DedupeKey(a.Key.Key)).ToArray()));
        using var reader = batch.Read();
        while (reader.Read()) run.Owners[asked[reader.GetInt32(0)].Key] = reader.GetInt64(1);
    }

    /// <summary>A message that is mapped again waits for nothing any more; when its lane has a newer one, it is left.</summary>
    private bool IsSuperseded(AcceptOperation operation, MessageId repaired)
    {
        var message = operation.Message;
        using var batch = new PgBatch(Connection);
        batch.Add("DELETE FROM xrefs_wanted WHERE message = $1", PgParameter.Of(repaired.Value));
        batch.Add(
            "SELECT 1 FROM messages WHERE id > $1 AND id < $2 AND pipeline = $3 AND key = $4 AND length(key) > 0 LIMIT 1",
            PgParameter.Of(repaired.Value), PgParameter.Of(message.Id.Value), PgParameter.Of(names[message.Pipeline]), PgParameter.Of((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(message.Key)));
        using var reader = batch.Read();
        operation.IsSuperseded = reader.Read();
        return operation.IsSuperseded;
    }

    private void CheckVersion(WriteStateOperation operation)
    {
        using var command = new NpgsqlCommand("SELECT version FROM states WHERE kind = $1 AND key = $2 FOR UPDATE", Connection);
        command.Parameters.AddRange((NpgsqlParameter[])[PgParameter.Of(names[operation.Kind]), PgParameter.Of((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(operation.Key))]);
        var found = (long?)command.ExecuteScalar() ?? 0;
        if (found != operation.Expected) throw JournalException.Stale(SourcePosition.None, operation, found);
    }

    private void Record(RecordXrefsOperation operation)
    {
        operation.Added = operation.Changed = 0;
        foreach (var entry in operation.Xrefs)
        {
            if (Affects(GroupStatements.InsertXrefs, entry)) operation.Added++;
            else if (Affects(GroupStatements.ReplaceXrefs, entry)) operation.Changed++;
        }

        bool Affects(string sql, XrefEntry entry)
        {
            using var batch = new PgBatch(Connection);
            statements.AddXrefs(batch, sql, [(entry.Key, entry.Target, operation.At.UtcTicks)]);
            return batch.Run() > 0;
        }
    }
}
