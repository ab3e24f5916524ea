using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Benchmarks.Journal;

/// <summary>
/// What a hand-written forwarder asks of PostgreSQL (<c>pg-pipe100</c> without its broker): one connection, a hundred messages a
/// commit, each a dedupe row and an outbox row of 1 KB, and the removal of the rows that were sent meanwhile; one round trip.
/// </summary>
internal static class PgPipeYardstick
{
    private const int Batch = 100;

    private const string Receive =
        """
        WITH fresh AS (INSERT INTO inbox(id) SELECT unnest($1) ON CONFLICT DO NOTHING RETURNING id)
        INSERT INTO outbox(id, dest, body) SELECT m.id, 'out', m.body FROM unnest($1, $2) AS m(id, body) JOIN fresh USING (id) RETURNING id
        """;

    internal static ServerMeasurement Run(BenchServer server, byte[] body, double seconds)
    {
        server.Execute(
            """
            DROP TABLE IF EXISTS inbox, outbox;
            CREATE TABLE inbox(id uuid PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE outbox(id uuid PRIMARY KEY, dest text NOT NULL, body bytea NOT NULL);
            CHECKPOINT
            """);
        using var connection = new NpgsqlConnection(server.Connection + ";Pooling=false;Max Auto Prepare=20");
        connection.Open();
        var random = new Random(1);
        var count = 0L;
        var done = Array.Empty<Guid>();
        Work(0.3);
        var (client, database) = (Environment.CpuUsage.TotalTime, server.Cpu());
        count = 0;
        var watch = Stopwatch.StartNew();
        Work(seconds);
        var elapsed = watch.Elapsed.TotalSeconds;
        return new ServerMeasurement(
            new Measurement(count / elapsed, (Environment.CpuUsage.TotalTime - client).TotalMicroseconds / count, 100.0 / Batch), (server.Cpu() - database).TotalMicroseconds / count);

        void Work(double limit)
        {
            var until = Stopwatch.StartNew();
            Span<byte> bytes = stackalloc byte[16];
            while (until.Elapsed.TotalSeconds < limit)
            {
                var ids = new Guid[Batch];
                for (var i = 0; i < Batch; i++)
                {
                    random.NextBytes(bytes);
                    ids[i] = new Guid(bytes);
                }

                Commit(ids, done);
                done = ids;
                count += Batch;
            }
        }

        void Commit(Guid[] ids, Guid[] sent)
        {
            using var batch = new NpgsqlBatch(connection);
            var receive = new NpgsqlBatchCommand(Receive);
            receive.Parameters.Add(new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
            receive.Parameters.Add(new() { Value = Enumerable.Repeat(body, ids.Length).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
            batch.BatchCommands.Add(receive);
            var delete = new NpgsqlBatchCommand("DELETE FROM outbox WHERE id = ANY($1)");
            delete.Parameters.Add(new() { Value = sent, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
            batch.BatchCommands.Add(delete);
            using var reader = batch.ExecuteReader();
            while (reader.Read()) reader.GetGuid(0);
        }
    }
}
