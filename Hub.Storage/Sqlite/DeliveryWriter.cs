using Hub.Core.Journal;
using Hub.Storage.Records;

namespace Hub.Storage.Sqlite;

/// <summary>Settles, reschedules and gives up deliveries. What is settled or unknown is left as it is: settling twice is harmless.</summary>
internal sealed class DeliveryWriter(SqliteConnection connection, MessageWriter messages, XrefWriter xrefs)
{
    private readonly SqliteStatement _state = connection.Prepare("SELECT state, attempts FROM delivery_states WHERE id = ?1");

    private readonly SqliteStatement _write = connection.Prepare(
        """
        INSERT INTO delivery_states(id, state, attempts, due, settled) VALUES(?1, ?2, ?3, ?4, ?5)
        ON CONFLICT(id) DO UPDATE SET state = ?2, attempts = ?3, due = ?4, settled = ?5
        """);

    private readonly SqliteStatement _attempt = connection.Prepare(
        "INSERT OR REPLACE INTO attempts(delivery, number, at, transient, finding) VALUES(?1, ?2, ?3, ?4, ?5)");

    internal void Settle(SettleOperation operation)
    {
        if (!TryRead(operation.Delivery, out var message, out var attempts)) return;
        if (operation.Identity is { } entry) xrefs.Record(entry, operation.At);
        message.Pending--;
        var last = message.Pending == 0;
        var delivered = last && message.Dead == 0;

        // The one that delivers its message needs no row of its own: the message says it.
        if (!delivered || attempts is not null)
        {
            Write(message.First + operation.Delivery.Index, DeliveryState.Delivered, attempts ?? 0, null, operation.At);
            message.Touched = true;
        }

        if (last) messages.Close(ref message, delivered ? MessageState.Delivered : MessageState.Dead, operation.At);
        else messages.Progress(message);
    }

    internal void Reschedule(RescheduleOperation operation)
    {
        if (!TryRead(operation.Delivery, out var message, out var attempts)) return;
        var row = message.First + operation.Delivery.Index;
        Write(row, operation.Attempt);
        Write(row, DeliveryState.Pending, (attempts ?? 0) + 1, operation.Due, null);
        if (message.Touched) return;
        message.Touched = true;
        messages.Progress(message);
    }

    internal void DeadLetter(DeadLetterOperation operation)
    {
        if (!TryRead(operation.Delivery, out var message, out var attempts)) return;
        var row = message.First + operation.Delivery.Index;
        Write(row, operation.Attempt);
        Write(row, DeliveryState.Dead, (attempts ?? 0) + 1, null, operation.Attempt.At);
        message.Touched = true;
        message.Pending--;
        message.Dead++;
        if (message.Pending == 0) messages.Close(ref message, MessageState.Dead, operation.Attempt.At);
        else messages.Progress(message);
    }

    /// <summary>Finds a delivery that is pending, with its failed attempts, or null when it has no row yet.</summary>
    private bool TryRead(DeliveryId id, out MessageHeader message, out int? attempts)
    {
        attempts = null;
        if (!messages.TryRead(id.Message, out message) || message.State != MessageState.Open || (uint)id.Index >= (uint)message.Deliveries) return false;
        if (!message.Touched || !_state.Bind(1, message.First + id.Index).Step()) return true;
        var state = (DeliveryState)_state.Int32(0);
        attempts = _state.Int32(1);
        _state.Reset();
        return state == DeliveryState.Pending;
    }

    private void Write(long row, DeliveryState state, int attempts, DateTimeOffset? due, DateTimeOffset? settled) =>
        _write.Bind(1, row).Bind(2, (long)state).Bind(3, attempts).Bind(4, due?.UtcTicks).Bind(5, settled?.UtcTicks).Run();

    private void Write(long row, AttemptRecord attempt) =>
        _attempt.Bind(1, row).Bind(2, attempt.Number).Bind(3, attempt.At.UtcTicks).Bind(4, attempt.Transient ? 1 : 0)
            .Bind(5, FindingJson.Write([attempt.Error])).Run();
}
