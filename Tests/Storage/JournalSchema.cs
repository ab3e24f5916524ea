using System.Globalization;
using Hub.Storage.PostgreSql;
using Npgsql;
using Tests.Servers;

namespace Tests.Storage;

/// <summary>A schema of its own for a test's journal, in a database that the tests share.</summary>
internal sealed class JournalSchema
{
    private static readonly Lazy<Task<string>> Shared = new(async () => await (await PostgreSqlServer.SharedAsync()).NewDatabaseAsync());
    private static int _made;

    private JournalSchema(string connection, string name)
    {
        Connection = connection;
        Name = name;
    }

    /// <summary>How to connect to the database as the superuser.</summary>
    public string Connection { get; }

    public string Name { get; }

    /// <summary>A name for a schema that nobody has made.</summary>
    public static async Task<JournalSchema> NewAsync() =>
        new(await Shared.Value, string.Create(CultureInfo.InvariantCulture, $"hub{Interlocked.Increment(ref _made)}"));

    /// <summary>A schema in another database.</summary>
    public static JournalSchema Of(string connection, string name = "hub") => new(connection, name);

    public PostgreSqlJournalStore NewStore(string more = "") => new(new PostgreSqlJournalStoreOptions { Connection = Connection + more, Schema = Name });

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A connection that finds the schema's tables by their names.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection($"{Connection};Pooling=false;Search Path={Name}");
        await connection.OpenAsync();
        return connection;
    }

    public Task DropAsync() => ExecuteAsync($"DROP SCHEMA IF EXISTS {Name} CASCADE");

    public async Task<bool> IsGoneAsync() => await ScalarAsync<long>($"SELECT count(*) FROM pg_namespace WHERE nspname = '{Name}'") == 0;
}
