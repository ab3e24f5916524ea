using Hub.Abstractions.Messages;
using Mappings.Xrefs;

namespace Hub.Storage.Sqlite;

/// <summary>Reads the identity map.</summary>
internal sealed class XrefReader(SqliteConnection connection, SqliteNames names)
{
    private readonly SqliteStatement _find = connection.Prepare(
        "SELECT target FROM xrefs WHERE entity = ?1 AND source = ?2 AND id = ?3 AND destination = ?4");

    private readonly SqliteStatement _of = connection.Prepare(
        """
        SELECT source, id, destination, target FROM xrefs INDEXED BY xrefs_by_id WHERE entity = ?1 AND id = ?2
        UNION SELECT source, id, destination, target FROM xrefs INDEXED BY xrefs_by_target WHERE entity = ?1 AND target = ?2
        ORDER BY 1, 2, 3 LIMIT ?3
        """);

    private readonly SqliteStatement _wanted = connection.Prepare(
        "SELECT message FROM xrefs_wanted WHERE entity = ?1 AND source = ?2 AND id = ?3 AND destination = ?4 ORDER BY message");

    private readonly SqliteStatement _overdue = connection.Prepare(
        """
        SELECT DISTINCT w.message FROM xrefs_wanted w
        JOIN xrefs x ON x.entity = w.entity AND x.source = w.source AND x.id = w.id AND x.destination = w.destination ORDER BY w.message
        """);

    internal List<XrefEntry> Find(IReadOnlyList<XrefKey> keys)
    {
        var found = new List<XrefEntry>(keys.Count);
        foreach (var key in keys)
        {
            if (!TryBind(_find, key) || !_find.Step()) continue;
            found.Add(new XrefEntry(key, _find.Text(0)));
            _find.Reset();
        }

        return found;
    }

    internal List<XrefEntry> Find(string entity, string id, int limit)
    {
        var found = new List<XrefEntry>();
        if (names.Find(entity) is not { } number) return found;
        _of.Bind(1, number).Bind(2, id).Bind(3, limit);
        while (_of.Step()) found.Add(new XrefEntry(new XrefKey(entity, names.Text(_of.Int64(0)), _of.Text(1), names.Text(_of.Int64(2))), _of.Text(3)));
        return found;
    }

    internal List<MessageId> Wanted(IReadOnlyList<XrefKey> keys)
    {
        var found = new SortedSet<long>();
        foreach (var key in keys)
        {
            if (!TryBind(_wanted, key)) continue;
            while (_wanted.Step()) found.Add(_wanted.Int64(0));
        }

        return [.. found.Select(id => new MessageId(id))];
    }

    internal List<MessageId> Overdue()
    {
        var found = new List<MessageId>();
        while (_overdue.Step()) found.Add(new MessageId(_overdue.Int64(0)));
        return found;
    }

    /// <returns>False when a name of the key was never written: then there is no such entry.</returns>
    private bool TryBind(SqliteStatement statement, in XrefKey key)
    {
        if (names.Find(key.Entity) is not { } entity || names.Find(key.From) is not { } from || names.Find(key.To) is not { } to) return false;
        statement.Bind(1, entity).Bind(2, from).Bind(3, key.Id).Bind(4, to);
        return true;
    }
}
