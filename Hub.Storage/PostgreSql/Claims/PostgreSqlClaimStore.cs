using Hub.Abstractions.Messages;
using Hub.Core.Claims;
using Npgsql;

namespace Hub.Storage.PostgreSql.Claims;

/// <summary>
/// Claims in the journal's database, in pieces of 1 MB, so that every node can redeem them: written in one transaction, read piece
/// by piece.
/// </summary>
public sealed class PostgreSqlClaimStore : IClaimStore, IAsyncDisposable
{
    /// <summary>Bytes of a piece.</summary>
    internal const int Piece = 1 << 20;

    private const string Tables =
        """
        CREATE TABLE IF NOT EXISTS claims(id bigint PRIMARY KEY, length bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS claim_pieces(claim bigint NOT NULL, number int NOT NULL, bytes bytea NOT NULL, PRIMARY KEY(claim, number));
        ALTER TABLE claim_pieces ALTER bytes SET STORAGE EXTERNAL;
        """;

    private readonly PostgreSqlPlace _place;
    private readonly NpgsqlDataSource _source;

    /// <param name="options">Those of the journal's store.</param>
    public PostgreSqlClaimStore(PostgreSqlJournalStoreOptions options)
    {
        _place = new PostgreSqlPlace(options);
        _source = NpgsqlDataSource.Create(_place.Claiming);
    }

    /// <inheritdoc />
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var open = connection.ConfigureAwait(false);
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var begun = transaction.ConfigureAwait(false);

            // Hubs that start at once would make the tables twice.
            await RunAsync(connection, $"SELECT pg_advisory_xact_lock(hashtextextended('connectorhub claims {_place.Schema}', 0)); {Tables}", cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfDatabase(error))
        {
            throw Failure(error);
        }
    }

    /// <inheritdoc />
    public async ValueTask<IClaimWriter> BeginAsync(MessageId id, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return new PostgreSqlClaimWriter(connection, await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false), id);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception error) when (IsOfDatabase(error))
        {
            throw Failure(error);
        }
    }

    /// <inheritdoc />
    public async ValueTask<Stream?> ReadAsync(MessageId id, CancellationToken cancellationToken)
    {
        try
        {
            var command = _source.CreateCommand("SELECT length FROM claims WHERE id = $1");
            await using var used = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id.Value });
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is long length ? new PostgreSqlClaimStream(_source, id, length) : null;
        }
        catch (Exception error) when (IsOfDatabase(error))
        {
            throw Failure(error);
        }
    }

    /// <inheritdoc />
    public async ValueTask DeleteAsync(MessageId id, CancellationToken cancellationToken)
    {
        try
        {
            var command = _source.CreateCommand("WITH gone AS (DELETE FROM claims WHERE id = $1) DELETE FROM claim_pieces WHERE claim = $1");
            await using var used = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id.Value });
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfDatabase(error))
        {
            throw Failure(error);
        }
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<MessageId>> ListAsync(MessageId after, int limit, CancellationToken cancellationToken)
    {
        try
        {
            var command = _source.CreateCommand("SELECT id FROM claims WHERE id > $1 ORDER BY id LIMIT $2");
            await using var used = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after.Value });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var read = reader.ConfigureAwait(false);
            var ids = new List<MessageId>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) ids.Add(new MessageId(reader.GetInt64(0)));
            return ids;
        }
        catch (Exception error) when (IsOfDatabase(error))
        {
            throw Failure(error);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    internal static bool IsOfDatabase(Exception error) => error is NpgsqlException or TimeoutException or IOException;

    internal static ClaimException Failure(Exception error) => new(error is PostgresException said ? said.MessageText : error.Message, error);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var used = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
