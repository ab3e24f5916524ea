using Hub.Core.Journal;
using Mappings.Xrefs;

namespace Hub.Storage.PostgreSql;

/// <content>The identity map and the hub's own documents.</content>
internal sealed partial class GroupStatements
{
    internal const string InsertXrefs =
        "INSERT INTO xrefs(entity, source, id, destination, target, at) SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6) ON CONFLICT DO NOTHING";

    internal const string ReplaceXrefs =
        """
        INSERT INTO xrefs(entity, source, id, destination, target, at) SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)
        ON CONFLICT(entity, source, id, destination) DO UPDATE SET target = excluded.target, at = excluded.at WHERE xrefs.target <> excluded.target
        """;

    private const string WantXrefs =
        "INSERT INTO xrefs_wanted(entity, source, id, destination, message) SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5) ON CONFLICT DO NOTHING";

    private const string InsertStates =
        """
        WITH w AS (INSERT INTO states(kind, key, version, at, body) SELECT unnest($1), unnest($2), 1, unnest($3), unnest($4) ON CONFLICT DO NOTHING RETURNING 1)
        SELECT 1 / (count(*) = $5)::int FROM w
        """;

    private const string UpdateStates =
        """
        WITH w AS (
          UPDATE states s SET version = s.version + 1, at = c.at, body = c.body
          FROM (SELECT unnest($1) AS kind, unnest($2) AS key, unnest($3) AS at, unnest($4) AS body, unnest($5) AS version) c
          WHERE s.kind = c.kind AND s.key = c.key AND s.version = c.version RETURNING 1)
        SELECT 1 / (count(*) = $6)::int FROM w
        """;

    private const string DeleteStates =
        """
        WITH w AS (
          DELETE FROM states s USING (SELECT unnest($1) AS kind, unnest($2) AS key, unnest($3) AS version) c
          WHERE s.kind = c.kind AND s.key = c.key AND s.version = c.version RETURNING 1)
        SELECT 1 / (count(*) = $4)::int FROM w
        """;

    /// <summary>Notes the names that a key of the identity map uses.</summary>
    internal static void Need(PostgreSqlNames names, in XrefKey key)
    {
        names.Need(key.Entity);
        names.Need(key.From);
        names.Need(key.To);
    }

    internal void AddXrefs(PgBatch batch, string sql, List<(XrefKey Key, string Target, long At)> entries)
    {
        if (entries.Count == 0) return;
        entries.Sort((x, y) => Compare(x.Key, y.Key));
        batch.Add(
            sql, Names(entries, e => e.Key.Entity), Names(entries, e => e.Key.From), Texts(entries, e => e.Key.Id), Names(entries, e => e.Key.To),
            Texts(entries, e => e.Target), Of(entries, e => e.At));
    }

    private void AddXrefs(PgBatch batch, GroupRun run)
    {
        AddXrefs(batch, ReplaceXrefs, [.. run.Xrefs.Where(x => x.Value.Replaces).Select(x => (x.Key, x.Value.Target, x.Value.At))]);
        AddXrefs(batch, InsertXrefs, [.. run.Xrefs.Where(x => !x.Value.Replaces).Select(x => (x.Key, x.Value.Target, x.Value.At))]);
        if (run.Wanted.Count == 0) return;
        var wanted = run.Wanted.ToList();
        batch.Add(WantXrefs, Names(wanted, w => w.Key.Entity), Names(wanted, w => w.Key.From), Texts(wanted, w => w.Key.Id), Names(wanted, w => w.Key.To), Of(wanted, w => w.Message));
    }

    private void AddStates(PgBatch batch, IEnumerable<WriteStateOperation> operations)
    {
        var all = operations.OrderBy(o => o.Kind, StringComparer.Ordinal).ThenBy(o => o.Key, StringComparer.Ordinal).ToList();
        if (all.FindAll(o => o is { Expected: 0, Body: not null }) is { Count: > 0 } fresh)
            batch.Add(InsertStates, Names(fresh, o => o.Kind), Texts(fresh, o => o.Key), Of(fresh, o => o.At.UtcTicks), Bodies(fresh), PgParameter.Of((long)fresh.Count));
        if (all.FindAll(o => o is { Expected: > 0, Body: not null }) is { Count: > 0 } changed)
        {
            batch.Add(
                UpdateStates, Names(changed, o => o.Kind), Texts(changed, o => o.Key), Of(changed, o => o.At.UtcTicks), Bodies(changed), Of(changed, o => o.Expected),
                PgParameter.Of((long)changed.Count));
        }

        if (all.FindAll(o => o.Body is null) is { Count: > 0 } gone)
            batch.Add(DeleteStates, Names(gone, o => o.Kind), Texts(gone, o => o.Key), Of(gone, o => o.Expected), PgParameter.Of((long)gone.Count));
    }

    private Npgsql.NpgsqlParameter Names<T>(List<T> rows, Func<T, string> name) => PgParameter.Of(rows.ConvertAll(r => names[name(r)]).ToArray());

    private Npgsql.NpgsqlParameter Texts<T>(List<T> rows, Func<T, string> text) => PgParameter.Of(rows.ConvertAll(r => arena.Utf8(text(r))).ToArray());

    private static Npgsql.NpgsqlParameter Bodies(List<WriteStateOperation> operations) => PgParameter.Of(operations.ConvertAll(o => o.Body!.Value).ToArray());

    private static int Compare(in XrefKey x, in XrefKey y)
    {
        var byEntity = string.CompareOrdinal(x.Entity, y.Entity);
        if (byEntity != 0) return byEntity;
        var byId = string.CompareOrdinal(x.Id, y.Id);
        return byId != 0 ? byId : string.CompareOrdinal(x.From + '\0' + x.To, y.From + '\0' + y.To);
    }
}
