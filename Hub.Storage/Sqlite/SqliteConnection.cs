using Hub.Core.Journal;
using SQLitePCL;

namespace Hub.Storage.Sqlite;

/// <summary>One connection to the journal's file; used by one thread at a time. Every failure is a <see cref="JournalException"/>.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private readonly sqlite3 _database;
    private readonly nint _handle;
    private readonly List<SqliteStatement> _statements = [];

    internal SqliteConnection(string file, bool readOnly)
    {
        File = file;
        Batteries_V2.Init();
        var flags = readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        var result = raw.sqlite3_open_v2(file, out _database, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        _handle = _database.DangerousGetHandle();
        if (result == raw.SQLITE_OK)
        {
            _ = raw.sqlite3_extended_result_codes(_database, 1);
            return;
        }

        var reason = raw.sqlite3_errmsg(_database).utf8_to_string();
        _database.Dispose();
        throw SqliteFailure.CannotOpen(file, reason);
    }

    internal string File { get; }

    internal int Changes => SqliteNative.Changes(_handle);

    internal bool InTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>A statement that lives as long as the connection.</summary>
    internal SqliteStatement Prepare(string sql)
    {
        var result = raw.sqlite3_prepare_v2(_database, sql, out var statement);
        if (result != raw.SQLITE_OK) throw Failure(result);
        var prepared = new SqliteStatement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    internal void Execute(string sql)
    {
        var result = raw.sqlite3_exec(_database, sql);
        if (result != raw.SQLITE_OK) throw Failure(result);
    }

    internal long Scalar(string sql)
    {
        using var statement = Once(sql);
        return statement.Scalar() ?? 0;
    }

    /// <summary>A statement that its caller disposes.</summary>
    internal SqliteStatement Once(string sql)
    {
        var result = raw.sqlite3_prepare_v2(_database, sql, out var statement);
        if (result != raw.SQLITE_OK) throw Failure(result);
        return new SqliteStatement(this, statement);
    }

    /// <summary>Ends a transaction that failed; SQLite may have ended it already.</summary>
    internal void Rollback()
    {
        if (InTransaction) _ = raw.sqlite3_exec(_database, "ROLLBACK");
    }

    internal JournalException Failure(int result) =>
        SqliteFailure.From(File, result, raw.sqlite3_errmsg(_database).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        _database.Dispose();
    }
}
