using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Nodes;
using Hub.Storage.PostgreSql.Nodes;
using Mappings.Diagnostics;
using Mappings.Xrefs;

namespace Hub.Storage.PostgreSql;

/// <summary>
/// Applies operations in memory, in their order, to what is known of the messages they are about, and gathers the rows
/// that come of it. What it decides from is checked again by the statements that write the rows.
/// </summary>
internal sealed class GroupRun(PostgreSqlNames names, LedgerCounts ledger, NodeCommits nodes)
{
    private readonly Dictionary<(int Pipeline, string Key), long> _claims = [];

    /// <summary>Open messages that are remembered (some 5 MB); a message is mostly settled soon after it was accepted.</summary>
    private const int MostRecent = 50_000;

    internal NodeCommits Nodes => nodes;

    internal Dictionary<long, OpenHeader> Open { get; } = [];

    internal List<AcceptOperation> Accepted { get; } = [];

    internal List<CompleteOperation> Completed { get; } = [];

    /// <summary>Dedupe keys that this run claims for the messages beside them.</summary>
    internal List<(int Pipeline, string Key, long Message)> Claims { get; } = [];

    internal List<(long Message, long At)> Duplicates { get; } = [];

    /// <summary>Messages that were open before or are now, and have changed.</summary>
    internal List<OpenHeader> Changed { get; } = [];

    /// <summary>Messages that were dead as soon as they were accepted.</summary>
    internal List<(long Message, long At, int Pipeline, string? Code)> DeadAtOnce { get; } = [];

    internal Dictionary<(long Message, int Place), DeliveryRow> Rows { get; } = [];

    internal Dictionary<(long Message, int Place, int Number), AttemptRecord> Attempts { get; } = [];

    internal Dictionary<XrefKey, (string Target, long At, bool Replaces)> Xrefs { get; } = [];

    internal List<(XrefKey Key, long Message)> Wanted { get; } = [];

    internal Dictionary<(string Kind, string Key), WriteStateOperation> States { get; } = [];

    /// <summary>Whose key it is, as the database said; empty when nobody has asked it.</summary>
    internal Dictionary<(int Pipeline, string Key), long> Owners { get; } = [];

    internal void Apply(JournalOperation operation)
    {
        switch (operation)
        {
            case AcceptOperation accept: Accept(accept); break;
            case SettleOperation settle: Settle(settle); break;
            case CompleteOperation complete: Complete(complete); break;
            case RescheduleOperation reschedule: Reschedule(reschedule); break;
            case DeadLetterOperation dead: DeadLetter(dead); break;
            case CollectOperation: break;
            case CountOperation count: ledger.Counted(names[count.Pipeline], count); break;
            case WriteStateOperation state: Write(state); break;
            default: throw PostgreSqlFailure.Refused($"there is no operation {operation.GetType().Name}");
        }
    }

    /// <summary>The rows are written: what was gathered is gone, what is known of open messages stays.</summary>
    internal void Written()
    {
        foreach (var header in Changed)
        {
            header.Listed = false;
            header.Stored = header.Version;
            if (header.Closed is not null) Open.Remove(header.Id);
        }

        if (Open.Count > MostRecent) Open.Clear();
        Clear();
    }

    /// <summary>Nothing of it was written, and what is known may be wrong.</summary>
    internal void Forget()
    {
        Open.Clear();
        Clear();
    }

    private void Clear()
    {
        Accepted.Clear();
        Completed.Clear();
        Claims.Clear();
        Duplicates.Clear();
        Changed.Clear();
        DeadAtOnce.Clear();
        Rows.Clear();
        Attempts.Clear();
        Xrefs.Clear();
        Wanted.Clear();
        States.Clear();
        Owners.Clear();
        _claims.Clear();
    }

    private void Accept(AcceptOperation operation)
    {
        var message = operation.Message;
        var outcome = operation.Outcome;
        if (outcome is not null) Check(message.Id, outcome);
        var pipeline = names[message.Pipeline];
        operation.IsSuperseded = false;
        ledger.Received(pipeline);
        operation.DuplicateOf = message.DedupeKey is { } key ? Claim(message, pipeline, key) : MessageId.None;
        if (operation.DuplicateOf != MessageId.None)
        {
            Duplicates.Add((operation.DuplicateOf.Value, message.ReceivedAt.UtcTicks));
            ledger.Duplicate(pipeline);
            return;
        }

        Accepted.Add(operation);
        if (outcome is { TouchesXrefs: true }) Outcome(message.Id, outcome, message.ReceivedAt);
        var state = outcome?.State ?? MessageState.Open;
        ledger.Closed(pipeline, state);
        if (state == MessageState.Dead) DeadAtOnce.Add((message.Id.Value, message.ReceivedAt.UtcTicks, pipeline, Code(outcome!)));
        if (state != MessageState.Open) return;
        var count = outcome?.Deliveries.Count ?? 0;
        var header = new OpenHeader
        {
            Id = message.Id.Value, Pipeline = pipeline, Since = message.ReceivedAt.UtcTicks, HasOutcome = outcome is not null, Deliveries = count, Pending = count,
            Destinations = Destinations(outcome), Group = nodes.GroupOf(message, operation.StaysHere),
        };
        if (!Open.TryAdd(header.Id, header)) throw PostgreSqlFailure.Refused($"the id {message.Id} is taken");
        nodes.Accepted(operation, header);
        Touch(header);
    }

    private MessageId Claim(MessageRecord message, int pipeline, string key)
    {
        if (Owners.TryGetValue((pipeline, key), out var owner)) return owner == message.Id.Value ? MessageId.None : new MessageId(owner);
        if (_claims.TryGetValue((pipeline, key), out var first)) return new MessageId(first);
        _claims[(pipeline, key)] = message.Id.Value;
        Claims.Add((pipeline, key, message.Id.Value));
        return MessageId.None;
    }

    private void Complete(CompleteOperation operation)
    {
        var outcome = operation.Outcome;
        Check(operation.Message, outcome);
        if (!Open.TryGetValue(operation.Message.Value, out var header) || header.Closed is not null || header.HasOutcome)
        {
            if (operation.MustBeOpen) throw JournalException.Finished(SourcePosition.None, operation.Message);
            return;
        }

        Completed.Add(operation);
        if (outcome.TouchesXrefs) Outcome(operation.Message, outcome, operation.At);
        header.HasOutcome = true;
        header.Deliveries = header.Pending = outcome.Deliveries.Count;
        header.Version++;
        header.Destinations = Destinations(outcome);
        Touch(header);
        if (outcome.State == MessageState.Open) return;
        if (outcome.State == MessageState.Dead) header.Code = Code(outcome);
        Close(header, outcome.State, header.Since);
    }

    private void Settle(SettleOperation operation)
    {
        if (!TryRead(operation.Delivery, out var header, out var row)) return;
        if (operation.Identity is { } entry) Xrefs[entry.Key] = (entry.Target, operation.At.UtcTicks, true);
        header.Pending--;
        var last = header.Pending == 0;
        var delivered = last && header.Dead == 0;

        // The one that delivers its message needs no row of its own: the settlement says it.
        if (!delivered || row is not null)
            Put(header, operation.Delivery.Index, new DeliveryRow(DeliveryState.Delivered, row?.Attempts ?? 0, null, operation.At.UtcTicks));
        if (last) Close(header, delivered ? MessageState.Delivered : MessageState.Dead, operation.At.UtcTicks);
        else Progress(header);
    }

    private void Reschedule(RescheduleOperation operation)
    {
        if (!TryRead(operation.Delivery, out var header, out var row)) return;
        Note(operation.Delivery, operation.Attempt);
        Put(header, operation.Delivery.Index, new DeliveryRow(DeliveryState.Pending, (row?.Attempts ?? 0) + 1, operation.Due.UtcTicks, null));
        Progress(header);
    }

    private void DeadLetter(DeadLetterOperation operation)
    {
        if (!TryRead(operation.Delivery, out var header, out var row)) return;
        Note(operation.Delivery, operation.Attempt);
        Put(header, operation.Delivery.Index, new DeliveryRow(
            DeliveryState.Dead, (row?.Attempts ?? 0) + 1, null, operation.Attempt.At.UtcTicks, header.Destinations![operation.Delivery.Index], operation.Attempt.Error.Code));
        header.Pending--;
        header.Dead++;
        if (header.Pending == 0) Close(header, MessageState.Dead, operation.Attempt.At.UtcTicks);
        else Progress(header);
    }

    private void Write(WriteStateOperation operation)
    {
        States.Add((operation.Kind, operation.Key), operation);
        operation.Version = operation.Body is null ? 0 : operation.Expected + 1;
    }

    /// <summary>Finds a delivery that is pending, with its row when it has one.</summary>
    private bool TryRead(DeliveryId id, out OpenHeader header, out DeliveryRow? row)
    {
        row = null;
        if (!Open.TryGetValue(id.Message.Value, out header!) || header.Closed is not null || (uint)id.Index >= (uint)header.Deliveries) return false;
        if (header.Rows is null || !header.Rows.TryGetValue(id.Index, out var found)) return true;
        row = found;
        return found.State == DeliveryState.Pending;
    }

    private void Put(OpenHeader header, int place, DeliveryRow row)
    {
        (header.Rows ??= [])[place] = row;
        Rows[(header.Id, place)] = row;
    }

    private void Note(DeliveryId id, AttemptRecord attempt) => Attempts[(id.Message.Value, id.Index, attempt.Number)] = attempt;

    private void Progress(OpenHeader header)
    {
        header.Version++;
        Touch(header);
    }

    private void Close(OpenHeader header, MessageState state, long at)
    {
        header.Closed = state;
        header.SettledAt = at;
        ledger.Closed(header.Pipeline, state);
        Touch(header);
    }

    private void Touch(OpenHeader header)
    {
        if (header.Listed) return;
        header.Listed = true;
        Changed.Add(header);
    }

    /// <summary>What a pipeline's outcome means for the identity map.</summary>
    private void Outcome(MessageId message, PipelineOutcome outcome, DateTimeOffset at)
    {
        // An id the hub makes is made once: whoever was first has sent it out already.
        foreach (var entry in outcome.Created) Xrefs.TryAdd(entry.Key, (entry.Target, at.UtcTicks, false));
        foreach (var key in outcome.Wanted) Wanted.Add((key, message.Value));
    }

    private int[]? Destinations(PipelineOutcome? outcome)
    {
        if (outcome is null) return null;
        var destinations = new int[outcome.Deliveries.Count];
        for (var i = 0; i < destinations.Length; i++) destinations[i] = names[outcome.Deliveries[i].Destination];
        return destinations;
    }

    /// <summary>What a pipeline died of; empty when it does not say.</summary>
    private static string Code(PipelineOutcome outcome) => outcome.Findings.FirstOrDefault(f => f.Severity == Severity.Error)?.Code ?? string.Empty;

    private static void Check(MessageId message, PipelineOutcome outcome)
    {
        var fits = outcome.State switch
        {
            MessageState.Open => outcome.Deliveries.Count > 0,
            MessageState.Filtered or MessageState.Dead or MessageState.Delivered => outcome.Deliveries.Count == 0,
            _ => false,
        };
        if (!fits) throw PostgreSqlFailure.Refused($"message {message} has the outcome {outcome.State} with {outcome.Deliveries.Count} deliveries");
    }
}
