using Hub.Core.Journal;

namespace Hub.Storage.Sqlite;

/// <summary>Opens dead messages again.</summary>
internal sealed class ReplayWriter(SqliteConnection connection, MessageWriter messages, LedgerDeltas ledger, MessageReader reader)
{
    private readonly SqliteStatement _record = connection.Prepare("INSERT INTO replays(message, at, reason) VALUES(?1, ?2, ?3)");

    private readonly SqliteStatement _rerun = connection.Prepare(
        "UPDATE messages SET state = 0, outcome = NULL, revision = NULL, steps = NULL, findings = NULL WHERE id = ?1");

    private readonly SqliteStatement _reopen = connection.Prepare("UPDATE messages SET state = 0, pending = dead, dead = 0 WHERE id = ?1");

    private readonly SqliteStatement _reopenDeliveries = connection.Prepare(
        "UPDATE delivery_states SET state = 0, due = NULL, settled = NULL WHERE id >= ?1 AND id < ?2 AND state = 2");

    internal void Replay(ReplayOperation operation)
    {
        operation.Reopened = null;
        if (!messages.TryRead(operation.Message, out var header) || header.State != MessageState.Dead) return;
        if (header.Outcome == MessageState.Dead) _rerun.Bind(1, header.Id).Run();
        else
        {
            _reopen.Bind(1, header.Id).Run();
            _reopenDeliveries.Bind(1, header.First).Bind(2, header.First + header.Deliveries).Run();
        }

        _record.Bind(1, header.Id).Bind(2, operation.At.UtcTicks).Bind(3, operation.Reason).Run();
        ledger.Reopened(header.Pipeline);
        operation.Reopened = reader.ReadOpen(header.Id);
    }
}
