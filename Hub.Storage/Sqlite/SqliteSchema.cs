using System.Globalization;
using System.Text;

namespace Hub.Storage.Sqlite;

/// <summary>
/// The journal's tables. Rows that are written once (contents, deliveries) stand apart from the narrow rows that change
/// (messages, delivery_states), so that settling rewrites few pages. A delivery has a row in delivery_states only when it
/// differs from what its message says: without one it is pending while its message is open, and was delivered when its
/// message was (messages.settled). A dead message has a row for each of its deliveries. Times are UTC ticks.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>"CHJ1": marks the file as a journal among SQLite files.</summary>
    internal const int ApplicationId = 0x43484A31;

    private static readonly string[] FirstTables =
        ["messages", "contents", "deliveries", "delivery_states", "attempts", "dedupe", "duplicates", "replays", "ledger", "names", "marks"];

    private static readonly string[] SecondTables = [.. FirstTables, "xrefs", "xrefs_wanted"];

    private static readonly string[] ThirdTables = [.. SecondTables, "states"];

    private static readonly string[] AllTables = [.. ThirdTables, "dead_letters", "edits", "kept_keys"];

    /// <summary>Step n leads from version n to version n + 1; a step is applied as a whole or not at all.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE names(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
        CREATE TABLE messages(
          id INTEGER PRIMARY KEY,
          pipeline INTEGER NOT NULL,
          state INTEGER NOT NULL,
          pending INTEGER NOT NULL,
          dead INTEGER NOT NULL,
          touched INTEGER NOT NULL,
          settled INTEGER NOT NULL,
          received INTEGER NOT NULL,
          first INTEGER NOT NULL,
          deliveries INTEGER NOT NULL,
          outcome INTEGER,
          revision INTEGER,
          key TEXT NOT NULL,
          steps BLOB,
          findings TEXT);
        CREATE INDEX open_messages ON messages(id, pipeline) WHERE state = 0;
        CREATE INDEX dead_messages ON messages(id) WHERE state = 3;
        CREATE TABLE contents(
          id INTEGER PRIMARY KEY,
          endpoint INTEGER NOT NULL,
          revision INTEGER NOT NULL,
          dedupe_key TEXT,
          attributes BLOB,
          original BLOB,
          body BLOB NOT NULL);
        CREATE TABLE deliveries(
          id INTEGER PRIMARY KEY,
          message INTEGER NOT NULL,
          destination INTEGER NOT NULL,
          part INTEGER NOT NULL,
          not_before INTEGER,
          body BLOB);
        CREATE TABLE delivery_states(
          id INTEGER PRIMARY KEY,
          state INTEGER NOT NULL,
          attempts INTEGER NOT NULL,
          due INTEGER,
          settled INTEGER);
        CREATE INDEX dead_deliveries ON delivery_states(id) WHERE state = 2;
        CREATE TABLE attempts(
          delivery INTEGER NOT NULL,
          number INTEGER NOT NULL,
          at INTEGER NOT NULL,
          transient INTEGER NOT NULL,
          finding TEXT NOT NULL,
          PRIMARY KEY(delivery, number)) WITHOUT ROWID;
        CREATE TABLE dedupe(
          pipeline INTEGER NOT NULL,
          key BLOB NOT NULL,
          message INTEGER NOT NULL,
          PRIMARY KEY(pipeline, key)) WITHOUT ROWID;
        CREATE TABLE duplicates(id INTEGER PRIMARY KEY, message INTEGER NOT NULL, at INTEGER NOT NULL);
        CREATE INDEX duplicates_of ON duplicates(message);
        CREATE TABLE replays(id INTEGER PRIMARY KEY, message INTEGER NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL);
        CREATE INDEX replays_of ON replays(message);
        CREATE TABLE ledger(
          pipeline INTEGER PRIMARY KEY,
          received INTEGER NOT NULL,
          delivered INTEGER NOT NULL,
          filtered INTEGER NOT NULL,
          duplicate INTEGER NOT NULL,
          dead INTEGER NOT NULL);
        CREATE TABLE marks(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
        """,

        // The identity map. A delivery that establishes an entry holds it; its settling writes it.
        """
        ALTER TABLE deliveries ADD COLUMN identity BLOB;
        CREATE TABLE xrefs(
          entity INTEGER NOT NULL,
          source INTEGER NOT NULL,
          id TEXT NOT NULL,
          destination INTEGER NOT NULL,
          target TEXT NOT NULL,
          at INTEGER NOT NULL,
          PRIMARY KEY(entity, source, id, destination)) WITHOUT ROWID;
        CREATE INDEX xrefs_by_id ON xrefs(entity, id);
        CREATE INDEX xrefs_by_target ON xrefs(entity, target);
        CREATE TABLE xrefs_wanted(
          entity INTEGER NOT NULL,
          source INTEGER NOT NULL,
          id TEXT NOT NULL,
          destination INTEGER NOT NULL,
          message INTEGER NOT NULL,
          PRIMARY KEY(entity, source, id, destination, message)) WITHOUT ROWID;
        CREATE INDEX xrefs_wanted_by ON xrefs_wanted(message);
        """,

        // The hub's own documents: sagas, runs, leases.
        """
        CREATE TABLE states(
          id INTEGER PRIMARY KEY,
          kind INTEGER NOT NULL,
          key TEXT NOT NULL,
          version INTEGER NOT NULL,
          at INTEGER NOT NULL,
          body BLOB NOT NULL,
          UNIQUE(kind, key));
        """,

        // The narrow list of dead letters (destination 0: the pipeline failed), edits, and dedupe keys that outlived their messages.
        """
        ALTER TABLE contents ADD COLUMN edit INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE deliveries ADD COLUMN edit INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE dead_letters(
          id INTEGER PRIMARY KEY,
          message INTEGER NOT NULL,
          pipeline INTEGER NOT NULL,
          destination INTEGER NOT NULL,
          code TEXT NOT NULL);
        CREATE INDEX dead_letters_of ON dead_letters(message);
        CREATE INDEX dead_letters_by ON dead_letters(pipeline, destination, code, message);
        CREATE TABLE edits(
          id INTEGER PRIMARY KEY,
          message INTEGER NOT NULL,
          number INTEGER NOT NULL,
          delivery INTEGER,
          at INTEGER NOT NULL,
          by TEXT NOT NULL,
          reason TEXT NOT NULL,
          before TEXT NOT NULL,
          after TEXT NOT NULL,
          original BLOB NOT NULL,
          findings TEXT NOT NULL,
          UNIQUE(message, number));
        CREATE TABLE kept_keys(id INTEGER PRIMARY KEY, closed INTEGER NOT NULL, message INTEGER NOT NULL, pipeline INTEGER NOT NULL, key BLOB NOT NULL);
        CREATE INDEX kept_keys_by ON kept_keys(closed, message);
        INSERT INTO dead_letters(message, pipeline, destination, code)
          SELECT m.id, m.pipeline, 0, coalesce((
            SELECT json_extract(f.value, '$.code') FROM json_each(CAST(m.findings AS TEXT)) f WHERE json_extract(f.value, '$.severity') IS NULL ORDER BY f.key LIMIT 1), '')
          FROM messages m WHERE m.state = 3 AND m.outcome = 3;
        INSERT INTO dead_letters(message, pipeline, destination, code)
          SELECT m.id, m.pipeline, d.destination, coalesce((
            SELECT json_extract(CAST(a.finding AS TEXT), '$[0].code') FROM attempts a WHERE a.delivery = s.id ORDER BY a.number DESC LIMIT 1), '')
          FROM delivery_states s CROSS JOIN deliveries d ON d.id = s.id CROSS JOIN messages m ON m.id = d.message WHERE s.state = 2 AND m.state = 3;
        """,
    ];

    internal static int Version => Steps.Length;

    /// <summary>The tables that a file of a version has.</summary>
    internal static string[] Tables(long version) => version switch { < 2 => FirstTables, 2 => SecondTables, 3 => ThirdTables, _ => AllTables };

    /// <summary>Brings the file to this hub's version; a file that is there already is left as it is.</summary>
    internal static void Migrate(SqliteConnection connection, long from)
    {
        if (from == Version) return;
        var script = new StringBuilder("BEGIN IMMEDIATE;\n");
        for (var step = (int)from; step < Version; step++) script.Append(Steps[step]);
        script.Append(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT;");
        try
        {
            connection.Execute(script.ToString());
        }
        catch
        {
            connection.Rollback();
            throw;
        }
    }
}
