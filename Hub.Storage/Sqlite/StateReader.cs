using Hub.Core.Journal;

namespace Hub.Storage.Sqlite;

/// <summary>Reads the hub's own documents.</summary>
internal sealed class StateReader(SqliteConnection connection, SqliteNames names)
{
    private readonly SqliteStatement _find = connection.Prepare("SELECT key, version, at, body FROM states WHERE kind = ?1 AND key = ?2");

    private readonly SqliteStatement _list = connection.Prepare(
        "SELECT key, version, at, body FROM states WHERE kind = ?1 AND key > ?2 ORDER BY key LIMIT ?3");

    internal StateRecord? Find(string kind, string key)
    {
        if (names.Find(kind) is not { } number || !_find.Bind(1, number).Bind(2, key).Step()) return null;
        var record = Read(kind, _find);
        _find.Reset();
        return record;
    }

    internal List<StateRecord> List(string kind, string afterKey, int limit)
    {
        var found = new List<StateRecord>();
        if (names.Find(kind) is not { } number) return found;
        _list.Bind(1, number).Bind(2, afterKey).Bind(3, limit);
        while (_list.Step()) found.Add(Read(kind, _list));
        return found;
    }

    private static StateRecord Read(string kind, SqliteStatement row) =>
        new(kind, row.Text(0), row.Int64(1), row.Blob(3), MessageReader.Time(row.Int64(2)));
}
