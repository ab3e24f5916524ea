using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Xrefs;

namespace Hub.Storage.Sqlite;

/// <summary>Records entries of the identity map, and which messages want one that is not there yet.</summary>
internal sealed class XrefWriter(SqliteConnection connection, SqliteNames names)
{
    private readonly SqliteStatement _insert = connection.Prepare(
        "INSERT INTO xrefs(entity, source, id, destination, target, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _replace = connection.Prepare(
        "UPDATE xrefs SET target = ?5, at = ?6 WHERE entity = ?1 AND source = ?2 AND id = ?3 AND destination = ?4 AND target <> ?5");

    private readonly SqliteStatement _want = connection.Prepare(
        "INSERT INTO xrefs_wanted(entity, source, id, destination, message) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _forget = connection.Prepare("DELETE FROM xrefs_wanted WHERE message = ?1");

    private readonly SqliteStatement _newer = connection.Prepare(
        "SELECT 1 FROM messages WHERE id > ?1 AND id < ?2 AND pipeline = ?3 AND key = ?4 LIMIT 1");

    internal void Record(RecordXrefsOperation operation)
    {
        operation.Added = operation.Changed = 0;
        foreach (var entry in operation.Xrefs)
        {
            if (Insert(entry, operation.At)) operation.Added++;
            else if (Replace(entry, operation.At)) operation.Changed++;
        }
    }

    /// <summary>An entry that arose from a delivery: the newest document of a thing knows its id best.</summary>
    internal void Record(XrefEntry entry, DateTimeOffset at)
    {
        if (!Insert(entry, at)) Replace(entry, at);
    }

    /// <summary>What a pipeline's outcome means for the identity map.</summary>
    internal void Outcome(MessageId message, PipelineOutcome outcome, DateTimeOffset at)
    {
        // An id the hub makes is made once: whoever was first has sent it out already.
        foreach (var entry in outcome.Created) Insert(entry, at);
        foreach (var key in outcome.Wanted) Bind(_want, key).Bind(5, message.Value).Run();
    }

    /// <summary>A message is to be mapped again, or need not be any more: it waits for nothing.</summary>
    internal void Forget(MessageId message) => _forget.Bind(1, message.Value).Run();

    /// <summary>A message of the same lane was accepted between the two.</summary>
    internal bool IsSuperseded(MessageId message, MessageRecord repair, long pipeline) =>
        repair.Key.Length > 0 && _newer.Bind(1, message.Value).Bind(2, repair.Id.Value).Bind(3, pipeline).Bind(4, repair.Key).Scalar() is not null;

    private bool Replace(XrefEntry entry, DateTimeOffset at) => Bind(_replace, entry.Key).Bind(5, entry.Target).Bind(6, at.UtcTicks).RunChanges() > 0;

    private bool Insert(XrefEntry entry, DateTimeOffset at) => Bind(_insert, entry.Key).Bind(5, entry.Target).Bind(6, at.UtcTicks).RunChanges() > 0;

    private SqliteStatement Bind(SqliteStatement statement, in XrefKey key) =>
        statement.Bind(1, names.Intern(key.Entity)).Bind(2, names.Intern(key.From)).Bind(3, key.Id).Bind(4, names.Intern(key.To));
}
