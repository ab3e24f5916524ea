using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Storage.Records;

namespace Hub.Storage.Sqlite;

/// <summary>Reads whole messages, for either connection.</summary>
internal sealed class MessageReader(SqliteConnection connection, SqliteNames names)
{
    private readonly SqliteStatement _message = connection.Prepare(
        """
        SELECT m.pipeline, m.key, m.received, c.endpoint, c.revision, c.dedupe_key, c.attributes, c.original, c.body,
          m.state, m.first, m.deliveries, m.settled, m.outcome, m.revision, m.steps, m.findings, c.edit
        FROM messages m JOIN contents c ON c.id = m.id WHERE m.id = ?1
        """);

    private readonly SqliteStatement _deliveries = connection.Prepare(
        """
        SELECT d.id, d.destination, d.part, d.not_before, d.body, s.state, s.attempts, s.due, s.settled, d.identity, d.edit
        FROM deliveries d LEFT JOIN delivery_states s ON s.id = d.id WHERE d.id >= ?1 AND d.id < ?2 ORDER BY d.id
        """);

    internal static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    internal StoredMessage? Read(long id)
    {
        if (!_message.Bind(1, id).Step()) return null;
        var message = new MessageRecord
        {
            Id = new MessageId(id),
            Pipeline = names.Text(_message.Int64(0)),
            Key = _message.Text(1),
            ReceivedAt = Time(_message.Int64(2)),
            Endpoint = names.Endpoint(_message.Int64(3)),
            Revision = names.Text(_message.Int64(4)),
            DedupeKey = _message.IsNull(5) ? null : _message.Text(5),
            Attributes = JournalEncoding.Attributes(_message.Span(6)),
            Original = _message.Blob(7),
            Body = _message.Blob(8),
            Edit = _message.Int32(17),
        };
        var outcome = _message.IsNull(13) ? null : new PipelineOutcome
        {
            State = (MessageState)_message.Int32(13),
            Revision = names.Text(_message.Int64(14)),
            Steps = JournalEncoding.Steps(_message.Span(15)),
            Findings = FindingJson.Read(_message.Span(16)),
        };
        var stored = new StoredMessage(message, (MessageState)_message.Int32(9), outcome, _message.Int64(10), _message.Int32(11), Time(_message.Int64(12)));
        _message.Reset();
        return stored;
    }

    internal List<StoredDelivery> ReadDeliveries(StoredMessage message)
    {
        var found = new List<StoredDelivery>(message.Deliveries);
        if (message.Deliveries == 0) return found;
        _deliveries.Bind(1, message.First).Bind(2, message.First + message.Deliveries);
        while (_deliveries.Step()) found.Add(ReadDelivery(message));
        return found;
    }

    internal StoredDelivery? ReadDelivery(StoredMessage message, int index)
    {
        if ((uint)index >= (uint)message.Deliveries) return null;
        var row = message.First + index;
        if (!_deliveries.Bind(1, row).Bind(2, row + 1).Step()) return null;
        var found = ReadDelivery(message);
        _deliveries.Reset();
        return found;
    }

    /// <summary>A message that goes on, or null when it is not there.</summary>
    internal OpenMessage? ReadOpen(long id)
    {
        if (Read(id) is not { } stored) return null;
        var deliveries = ReadDeliveries(stored);
        return new OpenMessage(stored.Message, WithDeliveries(stored.Outcome, deliveries), [.. deliveries.Where(d => d.State == DeliveryState.Pending).Select(Pending)]);
    }

    internal static PipelineOutcome? WithDeliveries(PipelineOutcome? outcome, List<StoredDelivery> deliveries) =>
        outcome is null ? null : outcome with { Deliveries = [.. deliveries.Select(d => d.Record)] };

    internal static PendingDelivery Pending(StoredDelivery delivery) => new(delivery.Id, delivery.Record, delivery.Attempts, delivery.Due);

    private StoredDelivery ReadDelivery(StoredMessage message)
    {
        var row = _deliveries.Int64(0);
        var notBefore = NullableTime(3);
        var record = new DeliveryRecord(
            names.Endpoint(_deliveries.Int64(1)), _deliveries.Int32(2), _deliveries.IsNull(4) ? (ReadOnlyMemory<byte>?)null : _deliveries.Blob(4)) 
        {
            NotBefore = notBefore,
            Edit = _deliveries.Int32(10),
            Identity = _deliveries.IsNull(9) ? null : JournalEncoding.Xref(_deliveries.Span(9)),
        };
        var id = new DeliveryId(message.Message.Id, (int)(row - message.First));
        if (!_deliveries.IsNull(5))
            return new StoredDelivery(row, id, record, (DeliveryState)_deliveries.Int32(5), _deliveries.Int32(6), NullableTime(7), NullableTime(8));
        return message.State == MessageState.Delivered
            ? new StoredDelivery(row, id, record, DeliveryState.Delivered, 0, null, message.Settled)
            : new StoredDelivery(row, id, record, DeliveryState.Pending, 0, notBefore, null);
    }

    private DateTimeOffset? NullableTime(int column) => _deliveries.NullableInt64(column) is { } ticks ? Time(ticks) : null;
}
