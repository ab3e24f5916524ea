namespace Hub.Storage.PostgreSql.Nodes;

/// <summary>The tables of several nodes (docs/decisions/0010).</summary>
internal static class NodeSchema
{
    internal const string Step =
        """
        CREATE SEQUENCE node_epochs AS int;
        CREATE TABLE nodes(
          epoch int PRIMARY KEY,
          name text NOT NULL UNIQUE,
          slot smallint NOT NULL UNIQUE,
          writer int NOT NULL,
          address text NOT NULL,
          revision text NOT NULL,
          lease interval NOT NULL,
          heartbeat timestamptz NOT NULL,
          leaving boolean NOT NULL,
          ahead double precision NOT NULL) WITH (fillfactor = 20);
        CREATE TABLE lane_groups(id smallint PRIMARY KEY, epoch int NOT NULL) WITH (fillfactor = 50);
        INSERT INTO lane_groups SELECT generate_series(0, 63), 0;
        CREATE TABLE handovers(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, lane_group smallint NOT NULL, message bigint NOT NULL, replayed boolean NOT NULL)
          WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000000);
        """;
}
