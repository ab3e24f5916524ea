using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>
/// The one connection that commits, and its row in writers. Each commit writes its number there first, under the session
/// that the connection has; a new connection takes a new session. So a connection that was lost can commit nothing more
/// once it was replaced, and the row tells whether its last commit is durable.
/// </summary>
internal sealed class WritingConnection(PostgreSqlPlace place) : IDisposable
{
    private const string Fence =
        "WITH w AS (UPDATE writers SET token = $2, seen = now() WHERE id = $1 AND session = $3 RETURNING 1) SELECT 1 / count(*) FROM w";

    /// <summary>What nobody has written for a month has no hub any more: a hub that lives writes at least when it looks for messages to forget.</summary>
    private const string Prune = "DELETE FROM writers WHERE seen < now() - interval '30 days'";

    /// <summary>Commits of another hub's rows are told apart by their slot in the ledger; more than this many share rows.</summary>
    private const int Slots = 16;

    private NpgsqlConnection? _connection;
    private int _writer;
    private long _session;
    private long _token;

    internal NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("The journal's store is not open.");

    internal bool IsOpen => _connection is { State: System.Data.ConnectionState.Open };

    /// <summary>Which of a pipeline's rows in the ledger this hub counts in.</summary>
    internal short Slot => (short)(_writer % Slots);

    /// <summary>Its row in writers.</summary>
    internal int Writer => Volatile.Read(ref _writer);

    /// <summary>The number of the commit that was begun last.</summary>
    internal long Token => _token;

    /// <summary>Connects for the first time.</summary>
    internal async Task OpenAsync(CancellationToken cancellationToken)
    {
        _connection = new NpgsqlConnection(place.Writing);
        await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a row in writers, once the tables are there.</summary>
    internal void Register()
    {
        Configure();
        Execute(Prune);
        using var command = new NpgsqlCommand("INSERT INTO writers(session, token, seen) VALUES(0, 0, now()) RETURNING id", Connection);
        _writer = (int)command.ExecuteScalar()!;
        _session = 0;
        _token = 0;
    }

    /// <summary>Connects again. Waits for what the lost connection may still be committing, and ends its right to commit.</summary>
    /// <returns>The number of the last commit that is durable.</returns>
    internal long Reconnect()
    {
        Drop();
        var connection = new NpgsqlConnection(place.Writing);
        try
        {
            connection.Open();
            _connection = connection;
            Configure();
            using var command = new NpgsqlCommand("UPDATE writers SET session = session + 1, seen = now() WHERE id = $1 RETURNING session, token", connection);
            command.Parameters.Add(PgParameter.Of(_writer));
            using (var reader = command.ExecuteReader())
            {
                if (reader.Read())
                {
                    _session = reader.GetInt64(0);
                    return reader.GetInt64(1);
                }
            }

            var lost = _token;
            Register();
            _token = lost;
            return -1;
        }
        catch
        {
            _connection = null;
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The first statement of each commit: it fails when another connection has taken this one's place.</summary>
    internal void AddFence(PgBatch batch) => batch.Add(Fence, PgParameter.Of(_writer), PgParameter.Of(_token), PgParameter.Of(_session));

    /// <summary>Whether a commit failed because another connection has taken this one's place.</summary>
    internal static bool IsFenced(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.DivisionByZero, BatchCommand.CommandText: Fence };

    internal void NextToken() => _token++;

    internal void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, Connection);
        command.ExecuteNonQuery();
    }

    internal void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>Gives the row back; a hub that is gone leaves none.</summary>
    internal void Leave()
    {
        if (_connection is not { State: System.Data.ConnectionState.Open } || _writer == 0) return;
        using var command = new NpgsqlCommand("DELETE FROM writers WHERE id = $1 AND session = $2", _connection);
        command.Parameters.AddRange((NpgsqlParameter[])[PgParameter.Of(_writer), PgParameter.Of(_session)]);
        command.ExecuteNonQuery();
    }

    public void Dispose() => Drop();

    /// <summary>A commit returns when it is on disk, whatever the role's or the database's default says; one that waits for more stays as it is.</summary>
    private void Configure() => Execute(
        "SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false), set_config('enable_hashjoin', 'off', false), set_config('enable_mergejoin', 'off', false)");
}
