using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>Statements that go to the database in one round trip and, outside of a transaction, are one: all of them or none.</summary>
internal sealed class PgBatch(NpgsqlConnection connection) : IDisposable
{
    private readonly NpgsqlBatch _batch = new(connection);

    internal int Count => _batch.BatchCommands.Count;

    internal void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        _batch.BatchCommands.Add(command);
    }

    /// <returns>Rows that were inserted, updated or deleted.</returns>
    internal int Run() => _batch.ExecuteNonQuery();

    internal NpgsqlDataReader Read() => _batch.ExecuteReader();

    internal async Task<NpgsqlDataReader> ReadAsync(CancellationToken cancellationToken) => await _batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);

    public void Dispose() => _batch.Dispose();
}
