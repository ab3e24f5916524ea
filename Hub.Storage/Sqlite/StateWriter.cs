using Hub.Core.Journal;
using Mappings.Diagnostics;

namespace Hub.Storage.Sqlite;

/// <summary>Writes the hub's own documents, each only over the version its writer read.</summary>
internal sealed class StateWriter(SqliteConnection connection, SqliteNames names)
{
    private readonly SqliteStatement _insert = connection.Prepare(
        "INSERT INTO states(kind, key, version, at, body) VALUES(?1, ?2, 1, ?3, ?4) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _update = connection.Prepare(
        "UPDATE states SET version = version + 1, at = ?3, body = ?4 WHERE kind = ?1 AND key = ?2 AND version = ?5");

    private readonly SqliteStatement _delete = connection.Prepare("DELETE FROM states WHERE kind = ?1 AND key = ?2 AND version = ?3");

    private readonly SqliteStatement _version = connection.Prepare("SELECT version FROM states WHERE kind = ?1 AND key = ?2");

    internal void Write(WriteStateOperation operation)
    {
        var kind = names.Intern(operation.Kind);
        var changed = operation switch
        {
            { Body: null } => Bind(_delete, kind, operation).Bind(3, operation.Expected).RunChanges(),
            { Expected: 0, Body: { } body } => Bind(_insert, kind, operation).Bind(3, operation.At.UtcTicks).Bind(4, body.Span).RunChanges(),
            { Body: { } body } => Bind(_update, kind, operation).Bind(3, operation.At.UtcTicks).Bind(4, body.Span).Bind(5, operation.Expected).RunChanges(),
        };
        if (changed == 0)
            throw JournalException.Stale(SourcePosition.WholeFile(connection.File), operation, Bind(_version, kind, operation).Scalar() ?? 0);
        operation.Version = operation.Body is null ? 0 : operation.Expected + 1;
    }

    private static SqliteStatement Bind(SqliteStatement statement, long kind, WriteStateOperation operation) => statement.Bind(1, kind).Bind(2, operation.Key);
}
