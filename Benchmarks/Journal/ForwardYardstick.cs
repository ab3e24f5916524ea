using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Benchmarks.Journal;

/// <summary>
/// The bare limit: one connection takes rows from one table, puts them into another and deletes them, a hundred a commit,
/// WAL and synchronous=FULL, with the ADO.NET provider.
/// </summary>
internal static class ForwardYardstick
{
    private const int Batch = 100;
    private const int PreparedPerSecond = 220_000;

    internal static Measurement Run(string folder, byte[] body, double seconds)
    {
        var file = Path.Combine(folder, "forward.db");
        foreach (var old in Directory.GetFiles(folder, "forward.db*")) File.Delete(old);
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE qin(id INTEGER PRIMARY KEY, body BLOB NOT NULL); CREATE TABLE qout(id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        using var begin = Command("BEGIN IMMEDIATE");
        using var commit = Command("COMMIT");
        using var insert = Command("INSERT INTO qin(body) VALUES($b)", "$b");
        using var insertOut = Command("INSERT INTO qout(body) VALUES($b)", "$b");
        using var select = Command("SELECT id, body FROM qin ORDER BY id LIMIT $n", "$n");
        using var delete = Command("DELETE FROM qin WHERE id <= $id", "$id");

        insert.Parameters[0].Value = body;
        begin.ExecuteNonQuery();
        for (var i = 0; i < PreparedPerSecond * seconds; i++) insert.ExecuteNonQuery();
        commit.ExecuteNonQuery();
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");

        var count = 0L;
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            begin.ExecuteNonQuery();
            var did = 0;
            var last = 0L;
            select.Parameters[0].Value = Batch;
            using (var reader = select.ExecuteReader())
            {
                while (reader.Read())
                {
                    last = reader.GetInt64(0);
                    insertOut.Parameters[0].Value = (byte[])reader.GetValue(1);
                    insertOut.ExecuteNonQuery();
                    did++;
                }
            }

            delete.Parameters[0].Value = last;
            delete.ExecuteNonQuery();
            commit.ExecuteNonQuery();
            count += did;
            if (did == 0) break;
        }

        var cpu = Environment.CpuUsage.TotalTime - before;
        return new Measurement(count / watch.Elapsed.TotalSeconds, cpu.TotalMicroseconds / count, 100.0 / Batch);

        void Execute(string sql)
        {
            using var command = Command(sql);
            command.ExecuteNonQuery();
        }

        SqliteCommand Command(string sql, params string[] parameters)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var parameter in parameters) command.Parameters.Add(new SqliteParameter(parameter, null));
            return command;
        }
    }
}
