using System.Globalization;

namespace Hub.Storage.Sqlite;

/// <summary>
/// Finds damage before anything is written. Small files are checked as a whole; of big ones the header, the tables and
/// both ends of each table, so that a start takes no longer for a big journal. What it does not see is met while
/// running, as SQLITE_CORRUPT.
/// </summary>
internal static class SqliteIntegrity
{
    /// <summary>Files up to this many bytes are checked as a whole (some 0.2 s).</summary>
    internal const long SmallFile = 64 * 1024 * 1024;

    private const int RowsPerEnd = 500;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Refuses a file that is not SQLite, before SQLite has touched it.</summary>
    internal static void CheckFile(string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists || info.Length == 0) return;
        Span<byte> start = stackalloc byte[16];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start[..read].SequenceEqual(Magic)) throw SqliteFailure.Damaged(file, "it does not begin like an SQLite database");
    }

    /// <summary>Reads version and tables.</summary>
    /// <returns>The schema's version; 0 for a new file.</returns>
    internal static long CheckSchema(SqliteConnection connection)
    {
        var version = connection.Scalar("PRAGMA user_version");
        var application = connection.Scalar("PRAGMA application_id");
        var tables = new HashSet<string>(StringComparer.Ordinal);
        using (var names = connection.Once("SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            while (names.Step()) tables.Add(names.Text(0));
        }

        if (version == 0 && application == 0 && tables.Count == 0) return 0;
        if (application != SqliteSchema.ApplicationId) throw SqliteFailure.Damaged(connection.File, "it is an SQLite database, but not a journal");
        if (version > SqliteSchema.Version) throw SqliteFailure.Newer(connection.File, version, SqliteSchema.Version);
        if (Array.Find(SqliteSchema.Tables(version), t => !tables.Contains(t)) is { } missing) throw SqliteFailure.Damaged(connection.File, $"the table {missing} is missing");
        return version;
    }

    internal static void CheckContent(SqliteConnection connection, long version)
    {
        var file = new FileInfo(connection.File);
        var wal = new FileInfo(connection.File + "-wal");
        if (!wal.Exists || wal.Length == 0)
        {
            var expected = connection.Scalar("PRAGMA page_count") * connection.Scalar("PRAGMA page_size");
            if (file.Length < expected)
                throw SqliteFailure.Damaged(connection.File, string.Create(CultureInfo.InvariantCulture, $"it has {file.Length} bytes and should have {expected}"));
        }

        if (file.Length <= SmallFile) QuickCheck(connection);
        else CheckEnds(connection, version);
    }

    private static void QuickCheck(SqliteConnection connection)
    {
        using var check = connection.Once("PRAGMA quick_check(1)");
        while (check.Step())
        {
            if (check.Text(0) is var result && result != "ok") throw SqliteFailure.Damaged(connection.File, result);
        }
    }

    internal static void CheckEnds(SqliteConnection connection, long version)
    {
        foreach (var table in SqliteSchema.Tables(version))
        {
            var key = table switch
            {
                "attempts" => "delivery, number",
                "dedupe" => "pipeline, key",
                "marks" => "name",
                "ledger" => "pipeline",
                "xrefs" => "entity, source, id, destination",
                "xrefs_wanted" => "entity, source, id, destination, message",
                _ => "id",
            };
            var backwards = key.Replace(",", " DESC,", StringComparison.Ordinal);
            Read(connection, $"SELECT * FROM {table} ORDER BY {key} LIMIT {RowsPerEnd}");
            Read(connection, $"SELECT * FROM {table} ORDER BY {backwards} DESC LIMIT {RowsPerEnd}");
        }

        Read(connection, "SELECT id FROM messages INDEXED BY open_messages WHERE state = 0 ORDER BY id LIMIT 500");
    }

    private static void Read(SqliteConnection connection, string sql)
    {
        using var rows = connection.Once(sql);
        while (rows.Step())
        {
            // Stepping reads the pages; a page that is not what its parent says ends in SQLITE_CORRUPT.
        }
    }
}
