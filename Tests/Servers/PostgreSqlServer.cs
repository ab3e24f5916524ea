using System.Globalization;
using Npgsql;

namespace Tests.Servers;

/// <summary>A real PostgreSQL. Most tests share one and take a database of their own; a test that kills it starts its own.</summary>
internal sealed class PostgreSqlServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgreSqlServer>> Shared = new(StartAsync);

    private readonly ServerProcess _process;
    private int _databases;

    private PostgreSqlServer(ServerProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>The one of this test run, started when it is first asked for.</summary>
    public static Task<PostgreSqlServer> SharedAsync() => Shared.Value;

    /// <summary>One of its own, for tests that kill or stop it.</summary>
    public static async Task<PostgreSqlServer> StartAsync()
    {
        var port = FreePorts.Row(1);
        return new PostgreSqlServer(await ServerProcess.StartAsync("postgresql", Directory.CreateTempSubdirectory("hub-postgresql-").FullName, port), port);
    }

    /// <summary>How to connect to one of its databases as the superuser.</summary>
    public string ConnectionString(string database = "postgres") =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}");

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to connect to it.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Runs a statement as the superuser.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>SIGKILL of the whole server.</summary>
    public Task KillAsync() => _process.KillAsync();

    public Task StopAsync() => _process.StopAsync();

    public Task StartAgainAsync() => _process.StartAgainAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
