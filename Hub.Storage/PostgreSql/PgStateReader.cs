using System.Text;
using Hub.Core.Journal;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>Reads the hub's own documents.</summary>
internal sealed class PgStateReader(PostgreSqlViews views, PostgreSqlNames names)
{
    internal async ValueTask<StateRecord?> FindAsync(string kind, string key, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(kind, "key = $2", key, 1, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    internal ValueTask<IReadOnlyList<StateRecord>> ListAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken) =>
        ReadAsync(kind, "key > $2", afterKey, limit, cancellationToken);

    private ValueTask<IReadOnlyList<StateRecord>> ReadAsync(string kind, string condition, string key, int limit, CancellationToken cancellationToken) =>
        views.ReadAsync<IReadOnlyList<StateRecord>>(async connection =>
        {
            var found = new List<StateRecord>();
            await names.FindAsync(connection, [kind], cancellationToken).ConfigureAwait(false);
            if (names.Find(kind) is not { } number) return found;
            await using var command = new NpgsqlCommand($"SELECT key, version, at, body FROM states WHERE kind = $1 AND {condition} ORDER BY key LIMIT $3", connection);
            command.Parameters.AddRange((NpgsqlParameter[])[PgParameter.Of(number), PgParameter.Of((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(key)), PgParameter.Of((long)limit)]);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                found.Add(new StateRecord(
                    kind, Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(0)), reader.GetInt64(1), reader.GetFieldValue<byte[]>(3), PgStoredMessage.Time(reader.GetInt64(2))));
            }

            return found;
        }, cancellationToken);
}
