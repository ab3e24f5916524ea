using System.Buffers;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Storage.Records;
using Mappings.Diagnostics;

namespace Hub.Storage.Sqlite;

/// <summary>Accepts messages, records outcomes, and moves the narrow rows.</summary>
internal sealed class MessageWriter
{
    /// <summary>Open messages whose narrow row is remembered (some 5 MB); a message is mostly settled soon after it was accepted.</summary>
    private const int MostRecent = 50_000;

    private readonly SqliteConnection _connection;
    private readonly SqliteNames _names;
    private readonly LedgerDeltas _ledger;
    private readonly XrefWriter _xrefs;
    private readonly DeadLetterWriter _dead;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _insertContent;
    private readonly SqliteStatement _insertDelivery;
    private readonly SqliteStatement _claimKey;
    private readonly SqliteStatement _findKey;
    private readonly SqliteStatement _insertDuplicate;
    private readonly SqliteStatement _header;
    private readonly SqliteStatement _close;
    private readonly SqliteStatement _progress;
    private readonly SqliteStatement _complete;
    private readonly ArrayBufferWriter<byte> _attributes = new();
    private readonly Dictionary<long, MessageHeader> _recent = [];
    private long _nextDelivery;
    private long _committedDelivery;

    internal MessageWriter(SqliteConnection connection, SqliteNames names, LedgerDeltas ledger, XrefWriter xrefs, DeadLetterWriter dead)
    {
        _connection = connection;
        _names = names;
        _ledger = ledger;
        _xrefs = xrefs;
        _dead = dead;
        _insert = connection.Prepare(
            """
            INSERT INTO messages(id, pipeline, state, pending, dead, touched, settled, received, first, deliveries, outcome, revision, key, steps, findings)
            VALUES(?1, ?2, ?3, ?4, 0, 0, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """);
        _insertContent = connection.Prepare("INSERT INTO contents(id, endpoint, revision, dedupe_key, attributes, original, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        _insertDelivery = connection.Prepare("INSERT INTO deliveries(id, message, destination, part, not_before, body, identity) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        _claimKey = connection.Prepare("INSERT INTO dedupe(pipeline, key, message) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING");
        _findKey = connection.Prepare("SELECT message FROM dedupe WHERE pipeline = ?1 AND key = ?2");
        _insertDuplicate = connection.Prepare("INSERT INTO duplicates(message, at) VALUES(?1, ?2)");
        _header = connection.Prepare("SELECT pipeline, state, pending, dead, touched, first, deliveries, outcome FROM messages WHERE id = ?1");
        _close = connection.Prepare("UPDATE messages SET state = ?2, pending = ?3, dead = ?4, touched = ?5, settled = ?6 WHERE id = ?1");
        _progress = connection.Prepare("UPDATE messages SET pending = ?2, dead = ?3, touched = ?4 WHERE id = ?1");
        _complete = connection.Prepare(
            "UPDATE messages SET state = ?2, pending = ?3, first = ?4, deliveries = ?5, outcome = ?6, revision = ?7, steps = ?8, findings = ?9 WHERE id = ?1");
        _committedDelivery = _nextDelivery = connection.Scalar("SELECT max(id) FROM deliveries") + 1;
    }

    internal void Accept(AcceptOperation operation)
    {
        var message = operation.Message;
        var outcome = operation.Outcome;
        if (outcome is not null) Check(message.Id, outcome);
        var pipeline = _names.Intern(message.Pipeline);
        operation.IsSuperseded = false;
        if (operation.Repairs is { } repaired)
        {
            _xrefs.Forget(repaired);
            operation.IsSuperseded = _xrefs.IsSuperseded(repaired, message, pipeline);
            if (operation.IsSuperseded) return;
        }

        _ledger.Received(pipeline);
        operation.DuplicateOf = message.DedupeKey is { } key ? Claim(message, pipeline, key) : MessageId.None;
        if (operation.DuplicateOf != MessageId.None) return;

        var state = outcome?.State ?? MessageState.Open;
        var first = outcome is null ? 0 : InsertDeliveries(message.Id, outcome);
        var count = outcome?.Deliveries.Count ?? 0;
        _insert.Bind(1, message.Id.Value).Bind(2, pipeline).Bind(3, (long)state).Bind(4, count).Bind(5, message.ReceivedAt.UtcTicks)
            .Bind(6, first).Bind(7, count).Bind(10, message.Key);
        BindOutcome(_insert, 8, 9, 11, outcome);
        _insert.Run();
        InsertContent(message);
        if (outcome is { TouchesXrefs: true }) _xrefs.Outcome(message.Id, outcome, message.ReceivedAt);
        _ledger.Closed(pipeline, state);
        if (state == MessageState.Dead) _dead.Failed(message.Id.Value, pipeline, outcome!);
        if (state != MessageState.Open) return;
        Remember(new MessageHeader { Id = message.Id.Value, Pipeline = pipeline, Pending = count, First = first, Deliveries = count, Outcome = outcome?.State });
    }

    internal void Complete(CompleteOperation operation)
    {
        var outcome = operation.Outcome;
        Check(operation.Message, outcome);
        if (!TryRead(operation.Message, out var header) || header.State != MessageState.Open || header.Outcome is not null)
        {
            if (operation.MustBeOpen) throw JournalException.Finished(SourcePosition.WholeFile(_connection.File), operation.Message);
            return;
        }

        var first = InsertDeliveries(operation.Message, outcome);
        _complete.Bind(1, header.Id).Bind(2, (long)outcome.State).Bind(3, outcome.Deliveries.Count).Bind(4, first).Bind(5, outcome.Deliveries.Count);
        BindOutcome(_complete, 6, 7, 8, outcome);
        _complete.Run();
        if (outcome.TouchesXrefs) _xrefs.Outcome(operation.Message, outcome, operation.At);
        Forget(header.Id);
        _ledger.Closed(header.Pipeline, outcome.State);
        if (outcome.State == MessageState.Dead) _dead.Failed(header.Id, header.Pipeline, outcome);
    }

    internal bool TryRead(MessageId id, out MessageHeader header)
    {
        if (_recent.TryGetValue(id.Value, out header)) return true;
        if (!_header.Bind(1, id.Value).Step()) return false;
        header.Id = id.Value;
        header.Pipeline = _header.Int64(0);
        header.State = (MessageState)_header.Int32(1);
        header.Pending = _header.Int32(2);
        header.Dead = _header.Int32(3);
        header.Touched = _header.Int32(4) != 0;
        header.First = _header.Int64(5);
        header.Deliveries = _header.Int32(6);
        header.Outcome = (MessageState?)_header.NullableInt64(7);
        _header.Reset();
        return true;
    }

    /// <summary>Writes a message that stays open; its row on the index of open messages is left alone.</summary>
    internal void Progress(in MessageHeader header)
    {
        _progress.Bind(1, header.Id).Bind(2, header.Pending).Bind(3, header.Dead).Bind(4, header.Touched ? 1 : 0).Run();
        Remember(header);
    }

    internal void Close(ref MessageHeader header, MessageState state, DateTimeOffset at)
    {
        header.State = state;
        Forget(header.Id);
        _close.Bind(1, header.Id).Bind(2, (long)state).Bind(3, header.Pending).Bind(4, header.Dead).Bind(5, header.Touched ? 1 : 0).Bind(6, at.UtcTicks).Run();
        _ledger.Closed(header.Pipeline, state);
        if (state == MessageState.Dead) _dead.Died(header);
    }

    internal void Committed() => _committedDelivery = _nextDelivery;

    internal void RolledBack()
    {
        _nextDelivery = _committedDelivery;
        _recent.Clear();
    }

    private void Remember(in MessageHeader header)
    {
        if (_recent.Count >= MostRecent) _recent.Clear();
        _recent[header.Id] = header;
    }

    private void Forget(long id) => _recent.Remove(id);

    private MessageId Claim(MessageRecord message, long pipeline, string dedupeKey)
    {
        Span<byte> buffer = stackalloc byte[JournalEncoding.LongestKey];
        var key = JournalEncoding.DedupeKey(dedupeKey, buffer);
        if (_claimKey.Bind(1, pipeline).Bind(2, key).Bind(3, message.Id.Value).RunChanges() == 1) return MessageId.None;
        var first = new MessageId(_findKey.Bind(1, pipeline).Bind(2, key).Scalar() ?? 0);
        _insertDuplicate.Bind(1, first.Value).Bind(2, message.ReceivedAt.UtcTicks).Run();
        _ledger.Duplicate(pipeline);
        return first;
    }

    private void InsertContent(MessageRecord message)
    {
        _insertContent.Bind(1, message.Id.Value).Bind(2, _names.Intern(message.Endpoint)).Bind(3, _names.Intern(message.Revision))
            .Bind(4, message.DedupeKey).Bind(7, message.Body.Span);
        if (message.Original.IsEmpty) _insertContent.BindNull(6);
        else _insertContent.Bind(6, message.Original.Span);
        if (message.Attributes == MessageAttributes.None) _insertContent.BindNull(5);
        else
        {
            _attributes.ResetWrittenCount();
            JournalEncoding.Attributes(message.Attributes, _attributes);
            _insertContent.Bind(5, _attributes.WrittenSpan);
        }

        _insertContent.Run();
    }

    private long InsertDeliveries(MessageId message, PipelineOutcome outcome)
    {
        var first = _nextDelivery;
        for (var i = 0; i < outcome.Deliveries.Count; i++)
        {
            var delivery = outcome.Deliveries[i];
            _insertDelivery.Bind(1, _nextDelivery++).Bind(2, message.Value).Bind(3, _names.Intern(delivery.Destination)).Bind(4, delivery.Part)
                .Bind(5, delivery.NotBefore?.UtcTicks);
            if (delivery.Body is { } body) _insertDelivery.Bind(6, body.Span);
            else _insertDelivery.BindNull(6);
            if (delivery.Identity is { } identity) _insertDelivery.Bind(7, JournalEncoding.Xref(identity));
            else _insertDelivery.BindNull(7);
            _insertDelivery.Run();
        }

        return first;
    }

    private void BindOutcome(SqliteStatement statement, int state, int revision, int steps, PipelineOutcome? outcome)
    {
        var findings = steps + 1;
        if (outcome is null)
        {
            statement.BindNull(state).BindNull(revision).BindNull(steps).BindNull(findings);
            return;
        }

        Span<byte> buffer = stackalloc byte[128];
        statement.Bind(state, (long)outcome.State).Bind(revision, _names.Intern(outcome.Revision)).Bind(steps, JournalEncoding.Steps(outcome.Steps, buffer));
        if (outcome.Findings.Count == 0) statement.BindNull(findings);
        else statement.Bind(findings, FindingJson.Write(outcome.Findings));
    }

    private void Check(MessageId message, PipelineOutcome outcome)
    {
        var fits = outcome.State switch
        {
            MessageState.Open => outcome.Deliveries.Count > 0,
            MessageState.Filtered or MessageState.Dead or MessageState.Delivered => outcome.Deliveries.Count == 0,
            _ => false,
        };
        if (!fits) throw SqliteFailure.Refused(_connection.File, $"message {message} has the outcome {outcome.State} with {outcome.Deliveries.Count} deliveries");
    }
}
