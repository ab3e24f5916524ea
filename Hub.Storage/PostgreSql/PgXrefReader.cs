using System.Text;
using Hub.Abstractions.Messages;
using Mappings.Xrefs;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>Reads the identity map.</summary>
internal sealed class PgXrefReader(PostgreSqlViews views, PostgreSqlNames names)
{
    private const string Asked = "(SELECT unnest($1) AS entity, unnest($2) AS source, unnest($3) AS id, unnest($4) AS destination) k";
    private const string Match = "w.entity = k.entity AND w.source = k.source AND w.id = k.id AND w.destination = k.destination";

    internal ValueTask<IReadOnlyList<XrefEntry>> FindAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) =>
        views.ReadAsync<IReadOnlyList<XrefEntry>>(async connection =>
        {
            var entries = new List<XrefEntry>();
            if (await ParametersAsync(connection, keys, cancellationToken).ConfigureAwait(false) is not { } parameters) return entries;
            await ReadAsync(connection, $"SELECT w.entity, w.source, w.id, w.destination, w.target FROM {Asked} JOIN xrefs w ON {Match}", parameters, entries, cancellationToken).ConfigureAwait(false);
            return entries;
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<XrefEntry>> FindAsync(string entity, string id, int limit, CancellationToken cancellationToken) =>
        views.ReadAsync<IReadOnlyList<XrefEntry>>(async connection =>
        {
            var entries = new List<XrefEntry>();
            await names.FindAsync(connection, [entity], cancellationToken).ConfigureAwait(false);
            if (names.Find(entity) is not { } number) return entries;
            await ReadAsync(
                connection,
                """
                SELECT entity, source, id, destination, target FROM xrefs WHERE entity = $1 AND id = $2
                UNION SELECT entity, source, id, destination, target FROM xrefs WHERE entity = $1 AND target = $2
                ORDER BY 2, 3, 4 LIMIT $3
                """,
                [PgParameter.Of(number), PgParameter.Of((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(id)), PgParameter.Of((long)limit)], entries, cancellationToken).ConfigureAwait(false);
            return entries;
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<MessageId>> FindWantedAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) =>
        views.ReadAsync<IReadOnlyList<MessageId>>(async connection =>
        {
            if (await ParametersAsync(connection, keys, cancellationToken).ConfigureAwait(false) is not { } parameters) return [];
            return await IdsAsync(connection, $"SELECT DISTINCT w.message FROM {Asked} JOIN xrefs_wanted w ON {Match} ORDER BY 1", parameters, cancellationToken).ConfigureAwait(false);
        }, cancellationToken);

    internal ValueTask<IReadOnlyList<MessageId>> FindOverdueAsync(CancellationToken cancellationToken) =>
        views.ReadAsync<IReadOnlyList<MessageId>>(
            async connection => await IdsAsync(
                connection, $"SELECT DISTINCT w.message FROM xrefs_wanted w JOIN xrefs k ON {Match} ORDER BY 1", [], cancellationToken).ConfigureAwait(false),
            cancellationToken);

    /// <returns>Null when none of the keys can be there, because a name of each was never written.</returns>
    private async Task<NpgsqlParameter[]?> ParametersAsync(NpgsqlConnection connection, IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken)
    {
        await names.FindAsync(connection, keys.SelectMany(k => (string[])[k.Entity, k.From, k.To]), cancellationToken).ConfigureAwait(false);
        var known = keys.Where(k => names.Find(k.Entity) is not null && names.Find(k.From) is not null && names.Find(k.To) is not null).Distinct().ToList();
        if (known.Count == 0) return null;
        return
        [
            PgParameter.Of(known.ConvertAll(k => names[k.Entity]).ToArray()), PgParameter.Of(known.ConvertAll(k => names[k.From]).ToArray()),
            PgParameter.Of(known.ConvertAll(k => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(k.Id)).ToArray()), PgParameter.Of(known.ConvertAll(k => names[k.To]).ToArray()),
        ];
    }

    private async Task ReadAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, List<XrefEntry> entries, CancellationToken cancellationToken)
    {
        var rows = new List<(int Entity, int Source, string Id, int Destination, string Target)>();
        await using (var command = new NpgsqlCommand(sql, connection))
        {
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                rows.Add((reader.GetInt32(0), reader.GetInt32(1), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(2)), reader.GetInt32(3), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(4))));
        }

        await names.LoadAsync(connection, rows.SelectMany(r => (int[])[r.Entity, r.Source, r.Destination]), cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
            entries.Add(new XrefEntry(new XrefKey(names.Text(row.Entity), names.Text(row.Source), row.Id, names.Text(row.Destination)), row.Target));
    }

    private static async Task<List<MessageId>> IdsAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var found = new List<MessageId>();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(new MessageId(reader.GetInt64(0)));
        return found;
    }
}
