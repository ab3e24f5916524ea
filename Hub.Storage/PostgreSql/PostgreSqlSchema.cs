using System.Globalization;
using Hub.Storage.PostgreSql.Nodes;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>
/// The journal's tables (docs/decisions/0009). A wide row is written once, when its message is accepted, and never updated:
/// messages holds the body together with what the pipeline made of it. Beside them lie narrow tables that stay small: a
/// row in open_messages while a message is open, one in dead_messages while it is dead, one in delivery_states only for a
/// delivery that differs from what its message says. Dead letters are found in these alone: a dead message whose pipeline failed
/// has its code in dead_messages, a dead delivery has destination and code in delivery_states. A message that is in neither was delivered or filtered, as its
/// outcome says; when it was delivered stands in settlements, one row a commit. Texts whose content comes from outside are
/// bytea, because text cannot hold a zero character. Times are UTC ticks.
/// </summary>
internal static class PostgreSqlSchema
{
    /// <summary>What marks a schema as a hub's journal.</summary>
    internal const string Product = "connectorhub journal";

    /// <summary>Step n leads from version n to version n + 1; a step is applied as a whole or not at all.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE names(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text COLLATE "C" NOT NULL UNIQUE);
        CREATE SEQUENCE commit_numbers;
        CREATE TABLE writers(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, session bigint NOT NULL, token bigint NOT NULL, seen timestamptz NOT NULL)
          WITH (fillfactor = 20);
        CREATE TABLE messages(
          id bigint PRIMARY KEY,
          received bigint NOT NULL,
          pipeline int NOT NULL,
          deliveries int NOT NULL,
          outcome smallint,
          key bytea NOT NULL,
          head bytea NOT NULL,
          original bytea,
          body bytea NOT NULL,
          result bytea) WITH (toast_tuple_target = 8160);
        CREATE TABLE outcomes(message bigint PRIMARY KEY, state smallint NOT NULL, deliveries int NOT NULL, result bytea NOT NULL)
          WITH (toast_tuple_target = 8160);
        CREATE TABLE bodies(message bigint NOT NULL, place int NOT NULL, body bytea NOT NULL, PRIMARY KEY(message, place));
        CREATE TABLE open_messages(
          id bigint PRIMARY KEY,
          commit bigint NOT NULL,
          since bigint NOT NULL,
          lane_group smallint NOT NULL,
          outcome smallint,
          pipeline int NOT NULL,
          deliveries int NOT NULL,
          pending int NOT NULL,
          dead int NOT NULL,
          version int NOT NULL)
          WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000000);
        CREATE TABLE dead_messages(id bigint PRIMARY KEY, settled bigint NOT NULL, pipeline int NOT NULL, code text);
        CREATE TABLE settlements(first bigint NOT NULL, last bigint NOT NULL, entries bytea NOT NULL) WITH (toast_tuple_target = 8160);
        CREATE INDEX settlements_of ON settlements USING gist(int8range(first, last, '[]'));
        ALTER TABLE messages ALTER key SET STORAGE EXTERNAL, ALTER head SET STORAGE EXTERNAL, ALTER original SET STORAGE EXTERNAL, ALTER body SET STORAGE EXTERNAL, ALTER result SET STORAGE EXTERNAL;
        ALTER TABLE outcomes ALTER result SET STORAGE EXTERNAL;
        ALTER TABLE bodies ALTER body SET STORAGE EXTERNAL;
        ALTER TABLE settlements ALTER entries SET STORAGE EXTERNAL;
        CREATE TABLE delivery_states(
          message bigint NOT NULL,
          place int NOT NULL,
          state smallint NOT NULL,
          attempts int NOT NULL,
          due bigint,
          settled bigint,
          destination int,
          code text,
          PRIMARY KEY(message, place));
        CREATE INDEX dead_deliveries ON delivery_states(message, place) WHERE state = 2;
        CREATE TABLE attempts(
          message bigint NOT NULL,
          place int NOT NULL,
          number int NOT NULL,
          at bigint NOT NULL,
          transient boolean NOT NULL,
          finding bytea NOT NULL,
          PRIMARY KEY(message, place, number));
        CREATE TABLE dedupe(pipeline int NOT NULL, key bytea NOT NULL, message bigint NOT NULL, PRIMARY KEY(pipeline, key));
        CREATE TABLE duplicates(id bigint GENERATED ALWAYS AS IDENTITY, message bigint NOT NULL, at bigint NOT NULL);
        CREATE INDEX duplicates_of ON duplicates(message);
        CREATE TABLE replays(id bigint GENERATED ALWAYS AS IDENTITY, message bigint NOT NULL, at bigint NOT NULL, reason bytea NOT NULL);
        CREATE INDEX replays_of ON replays(message);
        CREATE TABLE edits(
          message bigint NOT NULL,
          number int NOT NULL,
          delivery int,
          at bigint NOT NULL,
          by bytea NOT NULL,
          reason bytea NOT NULL,
          before text NOT NULL,
          after text NOT NULL,
          original bytea NOT NULL,
          findings bytea NOT NULL,
          PRIMARY KEY(message, number));
        CREATE TABLE kept_keys(closed bigint NOT NULL, message bigint NOT NULL, pipeline int NOT NULL, key bytea NOT NULL, PRIMARY KEY(closed, message));
        CREATE TABLE ledger(
          pipeline int NOT NULL,
          slot smallint NOT NULL,
          received bigint NOT NULL,
          delivered bigint NOT NULL,
          filtered bigint NOT NULL,
          duplicate bigint NOT NULL,
          dead bigint NOT NULL,
          PRIMARY KEY(pipeline, slot)) WITH (fillfactor = 20);
        CREATE TABLE marks(name text PRIMARY KEY, value bigint NOT NULL);
        CREATE TABLE xrefs(
          entity int NOT NULL,
          source int NOT NULL,
          id bytea NOT NULL,
          destination int NOT NULL,
          target bytea NOT NULL,
          at bigint NOT NULL,
          PRIMARY KEY(entity, source, id, destination));
        CREATE INDEX xrefs_by_id ON xrefs(entity, id);
        CREATE INDEX xrefs_by_target ON xrefs(entity, target);
        CREATE TABLE xrefs_wanted(
          entity int NOT NULL,
          source int NOT NULL,
          id bytea NOT NULL,
          destination int NOT NULL,
          message bigint NOT NULL,
          PRIMARY KEY(entity, source, id, destination, message));
        CREATE INDEX xrefs_wanted_by ON xrefs_wanted(message);
        CREATE TABLE states(
          kind int NOT NULL,
          key bytea NOT NULL,
          version bigint NOT NULL,
          at bigint NOT NULL,
          body bytea NOT NULL,
          PRIMARY KEY(kind, key));
        """,
        NodeSchema.Step,
    ];

    internal static int Version => Steps.Length;

    /// <summary>
    /// Brings the schema to this hub's version, alone among all hubs that start at once: each step in one transaction,
    /// under a lock that goes with the connection. What a crash interrupts begins again with the next start.
    /// </summary>
    internal static async Task MigrateAsync(NpgsqlConnection connection, PostgreSqlPlace place, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync($"SELECT pg_advisory_xact_lock(hashtextextended('{Product} {place.Schema}', 0))").ConfigureAwait(false);
        var found = await VersionAsync().ConfigureAwait(false);
        if (found > Version) throw PostgreSqlFailure.Newer(place, found, Version);
        if (found == 0) await ExecuteAsync($"CREATE TABLE journal_version(product text NOT NULL, version int NOT NULL); INSERT INTO journal_version VALUES('{Product}', 0)").ConfigureAwait(false);
        for (var step = found; step < Version; step++) await ExecuteAsync(Steps[step]).ConfigureAwait(false);
        if (found < Version) await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE journal_version SET version = {Version}")).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        async Task<T> ScalarAsync<T>(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            return (T)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }

        async Task<int> VersionAsync()
        {
            // The schema may have been made for the hub by whoever runs the database; then the hub needs no right to make one.
            if (await ScalarAsync<long>($"SELECT count(*) FROM pg_namespace WHERE nspname = '{place.Schema}'").ConfigureAwait(false) == 0)
                await ExecuteAsync($"CREATE SCHEMA \"{place.Schema}\"").ConfigureAwait(false);
            var tables = await ScalarAsync<long>($"SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = '\"{place.Schema}\"'::regnamespace").ConfigureAwait(false);
            if (tables == 0) return 0;
            if (await ScalarAsync<bool>($"SELECT to_regclass('\"{place.Schema}\".journal_version') IS NULL").ConfigureAwait(false)) throw PostgreSqlFailure.Foreign(place, "it has tables, but none of them is journal_version");
            var product = await ScalarAsync<string>("SELECT product FROM journal_version").ConfigureAwait(false);
            if (product != Product) throw PostgreSqlFailure.Foreign(place, $"journal_version says \"{product}\"");
            return await ScalarAsync<int>("SELECT version FROM journal_version").ConfigureAwait(false);
        }
    }
}
