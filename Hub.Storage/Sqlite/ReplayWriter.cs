using Hub.Core.Journal;

namespace Hub.Storage.Sqlite;

/// <summary>Opens dead messages again, with another body when one is given.</summary>
internal sealed class ReplayWriter(SqliteConnection connection, MessageWriter messages, LedgerDeltas ledger, DeadLetterWriter dead, EditWriter edits, MessageReader reader)
{
    private readonly SqliteStatement _record = connection.Prepare("INSERT INTO replays(message, at, reason) VALUES(?1, ?2, ?3)");

    private readonly SqliteStatement _rerun = connection.Prepare(
        "UPDATE messages SET state = 0, settled = ?2, outcome = NULL, revision = NULL, steps = NULL, findings = NULL WHERE id = ?1");

    private readonly SqliteStatement _reopen = connection.Prepare("UPDATE messages SET state = 0, settled = ?2, pending = dead, dead = 0 WHERE id = ?1");

    private readonly SqliteStatement _reopenOne = connection.Prepare("UPDATE messages SET state = 0, settled = ?2, pending = 1, dead = dead - 1 WHERE id = ?1");

    private readonly SqliteStatement _reopenDeliveries = connection.Prepare(
        "UPDATE delivery_states SET state = 0, due = NULL, settled = NULL WHERE id >= ?1 AND id < ?2 AND state = 2");

    internal void Replay(ReplayOperation operation)
    {
        operation.Reopened = null;
        operation.Refusal = messages.TryRead(operation.Message, out var header)
            ? header.State != MessageState.Dead ? ReplayRefusal.NotDead : Edit(operation, ref header)
            : ReplayRefusal.Unknown;
        if (operation.Refusal is not null) return;
        if (header.Outcome is null or MessageState.Dead) _rerun.Bind(1, header.Id).Bind(2, operation.At.UtcTicks).Run();
        else if (operation.Edit?.Delivery is { } index) Reopen(_reopenOne, operation, header, header.First + index, 1);
        else Reopen(_reopen, operation, header, header.First, header.Deliveries);
        _record.Bind(1, header.Id).Bind(2, operation.At.UtcTicks).Bind(3, operation.Reason).Run();
        dead.Forget(header.Id);
        ledger.Reopened(header.Pipeline);
        operation.Reopened = reader.ReadOpen(header.Id);
    }

    private ReplayRefusal? Edit(ReplayOperation operation, ref MessageHeader header) =>
        operation.Edit is { } edit ? edits.Edit(operation, edit, ref header) : null;

    private void Reopen(SqliteStatement message, ReplayOperation operation, in MessageHeader header, long first, int count)
    {
        message.Bind(1, header.Id).Bind(2, operation.At.UtcTicks).Run();
        _reopenDeliveries.Bind(1, first).Bind(2, first + count).Run();
    }
}
