using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Storage.Records;

namespace Hub.Storage.Sqlite;

/// <summary>Gives a dead message, or one dead delivery of it, another body, and keeps the one there was.</summary>
internal sealed class EditWriter(SqliteConnection connection, MessageReader reader, XrefWriter xrefs)
{
    private readonly SqliteStatement _number = connection.Prepare("SELECT coalesce(max(number), 0) + 1 FROM edits WHERE message = ?1");

    private readonly SqliteStatement _insert = connection.Prepare(
        "INSERT INTO edits(message, number, delivery, at, by, reason, before, after, original, findings) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");

    private readonly SqliteStatement _body = connection.Prepare("UPDATE contents SET body = ?2, edit = ?3 WHERE id = ?1");
    private readonly SqliteStatement _deliveryBody = connection.Prepare("UPDATE deliveries SET body = ?2, edit = ?3 WHERE id = ?1");
    private readonly SqliteStatement _empty = connection.Prepare("UPDATE messages SET pending = 0, dead = 0, touched = 0, first = 0, deliveries = 0 WHERE id = ?1");
    private readonly SqliteStatement _deliveries = connection.Prepare("DELETE FROM deliveries WHERE id >= ?1 AND id < ?2");
    private readonly SqliteStatement _states = connection.Prepare("DELETE FROM delivery_states WHERE id >= ?1 AND id < ?2");
    private readonly SqliteStatement _attempts = connection.Prepare("DELETE FROM attempts WHERE delivery >= ?1 AND delivery < ?2");

    /// <param name="operation">Whose edit it is.</param>
    /// <param name="edit">The edit.</param>
    /// <param name="header">A dead message; without deliveries and outcome when its pipeline is to run on the new body.</param>
    /// <returns>Why nothing was changed; null when it was.</returns>
    internal ReplayRefusal? Edit(ReplayOperation operation, MessageEdit edit, ref MessageHeader header)
    {
        var stored = reader.Read(header.Id)!;
        if (edit.Delivery is { } index)
        {
            if (reader.ReadDelivery(stored, index) is not { State: DeliveryState.Dead } delivery) return ReplayRefusal.NoDeadDelivery;
            var deliveryNumber = Record(operation, edit, delivery.Record.Body ?? stored.Message.Body);
            _deliveryBody.Bind(1, delivery.Row).Bind(2, edit.Body.Span).Bind(3, deliveryNumber).Run();
            return null;
        }

        if (stored.Message.Attributes.Claim is not null) return ReplayRefusal.Claimed;
        if (header.Deliveries > header.Dead) return ReplayRefusal.Delivered;
        var number = Record(operation, edit, stored.Message.Body);
        _body.Bind(1, header.Id).Bind(2, edit.Body.Span).Bind(3, number).Run();
        var end = header.First + header.Deliveries;
        if (header.Deliveries > 0) _deliveries.Bind(1, header.First).Bind(2, end).Run();
        if (header.Touched)
        {
            _states.Bind(1, header.First).Bind(2, end).Run();
            _attempts.Bind(1, header.First).Bind(2, end).Run();
        }

        _empty.Bind(1, header.Id).Run();
        xrefs.Forget(new MessageId(header.Id));
        header.Outcome = null;
        return null;
    }

    private long Record(ReplayOperation operation, MessageEdit edit, ReadOnlyMemory<byte> original)
    {
        var number = _number.Bind(1, operation.Message.Value).Scalar() ?? 1;
        _insert.Bind(1, operation.Message.Value).Bind(2, number).Bind(3, (long?)edit.Delivery).Bind(4, operation.At.UtcTicks).Bind(5, edit.By)
            .Bind(6, operation.Reason).Bind(7, BodyHash.Of(original.Span)).Bind(8, BodyHash.Of(edit.Body.Span)).Bind(9, original.Span)
            .Bind(10, FindingJson.Write(edit.Findings)).Run();
        return number;
    }
}
