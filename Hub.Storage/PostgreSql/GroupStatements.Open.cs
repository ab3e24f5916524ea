using Hub.Core.Journal;
using Hub.Storage.Records;

namespace Hub.Storage.PostgreSql;

/// <content>The narrow tables: what is open, how it stands, what closed it.</content>
internal sealed partial class GroupStatements
{
    private readonly List<OpenHeader> _inserted = [];
    private readonly List<OpenHeader> _updated = [];
    private readonly List<OpenHeader> _deleted = [];
    private readonly List<long> _deletedNew = [];
    private readonly List<(long Id, long At)> _delivered = [];
    private readonly List<(long Id, long At, int Pipeline, string? Code)> _dead = [];

    private void AddOpen(PgBatch batch, GroupRun run)
    {
        Sort(run);
        if (_inserted.Count > 0)
        {
            batch.Add(
                run.Nodes.IsOn ? InsertOpenOfNode : InsertOpen, Of(_inserted, h => h.Id), Of(_inserted, h => h.Since), Outcomes(_inserted), Ints(_inserted, h => h.Pipeline), Ints(_inserted, h => h.Deliveries),
                Ints(_inserted, h => h.Pending), Ints(_inserted, h => h.Dead), Ints(_inserted, h => h.Version), PgParameter.Of(_inserted.ConvertAll(h => (short)h.Group).ToArray()));
        }

        if (_updated.Count > 0)
        {
            batch.Add(
                UpdateOpen, Of(_updated, h => h.Id), Ints(_updated, h => h.Stored), Outcomes(_updated), Ints(_updated, h => h.Deliveries),
                Ints(_updated, h => h.Pending), Ints(_updated, h => h.Dead), Ints(_updated, h => h.Version), PgParameter.Of((long)_updated.Count));
        }

        if (_deletedNew.Count > 0) batch.Add(DeleteNew, PgParameter.Of(_deletedNew.ToArray()), PgParameter.Of((long)_deletedNew.Count));
        if (_deleted.Count > 0) batch.Add(DeleteOpen, Of(_deleted, h => h.Id), Ints(_deleted, h => h.Stored), PgParameter.Of((long)_deleted.Count));
        if (_delivered.Count > 0) AddSettlements(batch);
        if (_dead.Count > 0) batch.Add(InsertDead, Of(_dead, d => d.Id), Of(_dead, d => d.At), PgParameter.Of(_dead.ConvertAll(d => d.Pipeline).ToArray()), PgParameter.Of(_dead.ConvertAll(d => d.Code).ToArray()));
    }

    private void Sort(GroupRun run)
    {
        _inserted.Clear();
        _updated.Clear();
        _deleted.Clear();
        _deletedNew.Clear();
        _delivered.Clear();
        _dead.Clear();
        _dead.AddRange(run.DeadAtOnce);
        foreach (var header in run.Changed)
        {
            if (header.Closed is null)
            {
                if (header.Stored < 0) _inserted.Add(header);
                else if (header.Stored != header.Version) _updated.Add(header);
                continue;
            }

            if (header.Closed == MessageState.Dead) _dead.Add((header.Id, header.SettledAt, header.Pipeline, header.Code));
            if (header.Closed == MessageState.Delivered && header.Deliveries > 0) _delivered.Add((header.Id, header.SettledAt));
            if (header.Stored == 0) _deletedNew.Add(header.Id);
            else if (header.Stored > 0) _deleted.Add(header);
        }
    }

    private void AddSettlements(PgBatch batch)
    {
        _delivered.Sort();
        var (firsts, lasts, entries) = (new List<long>(), new List<long>(), new List<ReadOnlyMemory<byte>>());
        foreach (var (id, at) in _delivered)
        {
            if (firsts.Count == 0 || id - firsts[^1] > MostSpan)
            {
                if (firsts.Count > 0) entries.Add(arena.Take());
                firsts.Add(id);
                lasts.Add(id);
            }

            lasts[^1] = id;
            arena.Int64(id);
            arena.Int64(at);
        }

        entries.Add(arena.Take());
        batch.Add(InsertSettlements, PgParameter.Of(firsts.ToArray()), PgParameter.Of(lasts.ToArray()), PgParameter.Of(entries.ToArray()));
    }

    private static void AddRows(PgBatch batch, Dictionary<(long Message, int Place), DeliveryRow> rows)
    {
        var list = rows.OrderBy(r => r.Key).ToList();
        batch.Add(
            WriteRows, Of(list, r => r.Key.Message), PgParameter.Of(list.ConvertAll(r => r.Key.Place).ToArray()),
            PgParameter.Of(list.ConvertAll(r => (short)r.Value.State).ToArray()), PgParameter.Of(list.ConvertAll(r => r.Value.Attempts).ToArray()),
            PgParameter.Of(list.ConvertAll(r => r.Value.Due).ToArray()), PgParameter.Of(list.ConvertAll(r => r.Value.Settled).ToArray()),
            PgParameter.Of(list.ConvertAll(r => r.Value.Destination).ToArray()), PgParameter.Of(list.ConvertAll(r => r.Value.Code).ToArray()));
    }

    private static void AddAttempts(PgBatch batch, Dictionary<(long Message, int Place, int Number), AttemptRecord> attempts)
    {
        var list = attempts.ToList();
        batch.Add(
            WriteAttempts, Of(list, a => a.Key.Message), PgParameter.Of(list.ConvertAll(a => a.Key.Place).ToArray()), PgParameter.Of(list.ConvertAll(a => a.Key.Number).ToArray()),
            Of(list, a => a.Value.At.UtcTicks), PgParameter.Of(list.ConvertAll(a => a.Value.Transient).ToArray()),
            PgParameter.Of(list.ConvertAll(a => (ReadOnlyMemory<byte>)FindingJson.Write([a.Value.Error])).ToArray()));
    }

    private static Npgsql.NpgsqlParameter Ints(List<OpenHeader> headers, Converter<OpenHeader, int> value)
    {
        var values = new int[headers.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(headers[i]);
        return PgParameter.Of(values);
    }

    private static Npgsql.NpgsqlParameter Outcomes(List<OpenHeader> headers)
    {
        var values = new short?[headers.Count];
        for (var i = 0; i < values.Length; i++) values[i] = headers[i].HasOutcome ? (short)MessageState.Open : null;
        return PgParameter.Of(values);
    }
}
