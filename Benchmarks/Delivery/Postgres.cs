using Npgsql;

namespace Benchmarks.Delivery;

/// <summary>What is asked of the database from outside.</summary>
internal static class Postgres
{
    public static string Connection(int port, string database) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Maximum Pool Size=64;Max Auto Prepare=20;No Reset On Close=true";

    /// <summary>An empty database of this name.</summary>
    public static async Task CreateAsync(int port, string name)
    {
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(Connection(port, "postgres"));
        await connection.OpenAsync();
        await using (var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection)) await drop.ExecuteNonQueryAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await create.ExecuteNonQueryAsync();
    }

    /// <summary>Transactions that wrote something so far, in the whole server: each takes the next id, as this question does.</summary>
    public static async Task<long> TransactionsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT txid_current()", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
