using Hub.Abstractions.Messages;
using Hub.Core.Journal;

namespace Tests.Journal;

/// <summary>What a store promises, in the plainest form: dictionaries in memory.</summary>
internal sealed class JournalModel
{
    private readonly Dictionary<MessageId, Entry> _messages = [];
    private readonly Dictionary<(string Pipeline, string Key), MessageId> _keys = [];
    private readonly Dictionary<string, long[]> _ledger = [];
    private readonly List<(DateTimeOffset Closed, MessageId Id, (string Pipeline, string Key) Key)> _keptKeys = [];
    private readonly Dictionary<string, (long Version, byte[] Body)> _states = [];

    internal IEnumerable<MessageId> Open => _messages.Where(m => m.Value.State == MessageState.Open).Select(m => m.Key).Order();

    internal IReadOnlyDictionary<MessageId, Entry> Messages => _messages;

    internal IEnumerable<LedgerRow> Ledger => _ledger
        .Select(p => new LedgerRow(
            p.Key, p.Value[0], p.Value[1], p.Value[2], p.Value[3], p.Value[4], _messages.Values.Count(m => m.Record.Pipeline == p.Key && m.State == MessageState.Open)))
        .OrderBy(r => r.Pipeline, StringComparer.Ordinal);

    internal MessageId Accept(MessageRecord record, PipelineOutcome? outcome)
    {
        Counts(record.Pipeline)[0]++;
        if (record.DedupeKey is { } key && !_keys.TryAdd((record.Pipeline, key), record.Id))
        {
            Counts(record.Pipeline)[3]++;
            return _keys[(record.Pipeline, key)];
        }

        _messages[record.Id] = new Entry(record);
        if (outcome is not null) Complete(record.Id, outcome);
        return MessageId.None;
    }

    internal void Count(CountOperation operation)
    {
        Counts(operation.Pipeline)[0] += operation.Delivered + operation.Filtered;
        Counts(operation.Pipeline)[1] += operation.Delivered;
        Counts(operation.Pipeline)[2] += operation.Filtered;
    }

    internal void Complete(MessageId id, PipelineOutcome outcome)
    {
        if (!_messages.TryGetValue(id, out var entry) || entry.State != MessageState.Open || entry.Outcome is not null) return;
        entry.Outcome = outcome;
        entry.Deliveries = [.. outcome.Deliveries.Select(_ => DeliveryState.Pending)];
        entry.Attempts = new int[entry.Deliveries.Length];
        if (outcome.State != MessageState.Open) Close(entry, outcome.State);
    }

    internal void Settle(DeliveryId id, DeliveryState state, DateTimeOffset at)
    {
        if (Pending(id) is not { } entry) return;
        entry.Deliveries[id.Index] = state;
        if (state == DeliveryState.Dead) entry.Attempts[id.Index]++;
        if (entry.Deliveries.Contains(DeliveryState.Pending)) return;
        entry.Closed = at;
        Close(entry, entry.Deliveries.Contains(DeliveryState.Dead) ? MessageState.Dead : MessageState.Delivered);
    }

    internal void Reschedule(DeliveryId id)
    {
        if (Pending(id) is { } entry) entry.Attempts[id.Index]++;
    }

    internal ReplayRefusal? Replay(ReplayOperation operation)
    {
        if (!_messages.TryGetValue(operation.Message, out var entry)) return ReplayRefusal.Unknown;
        if (entry.State != MessageState.Dead) return ReplayRefusal.NotDead;
        var edited = operation.Edit?.Delivery;
        if (edited is { } index && entry.Deliveries.ElementAtOrDefault(index) != DeliveryState.Dead) return ReplayRefusal.NoDeadDelivery;
        if (operation.Edit is { Delivery: null } && entry.Deliveries.Contains(DeliveryState.Delivered)) return ReplayRefusal.Delivered;
        Counts(entry.Record.Pipeline)[4]--;
        entry.State = MessageState.Open;
        entry.Closed = operation.At;
        if (operation.Edit is not null) entry.Edits++;
        if (operation.Edit is { Delivery: null } edit)
        {
            entry.Record = entry.Record with { Body = edit.Body, Edit = entry.Edits };
            entry.Outcome = null;
            entry.Deliveries = [];
        }

        if (entry.Outcome?.State == MessageState.Dead) entry.Outcome = null;
        for (var i = 0; i < entry.Deliveries.Length; i++)
        {
            if (entry.Deliveries[i] == DeliveryState.Dead && (edited is null || edited == i)) entry.Deliveries[i] = DeliveryState.Pending;
        }

        return null;
    }

    internal int PurgeKeys(PurgeKeysOperation operation)
    {
        var gone = _keptKeys.Where(k => k.Closed < operation.Before).OrderBy(k => k.Closed).ThenBy(k => k.Id).Take(operation.Limit).ToList();
        foreach (var kept in gone)
        {
            _keptKeys.Remove(kept);
            _keys.Remove(kept.Key);
        }

        return gone.Count;
    }

    internal IReadOnlyDictionary<string, (long Version, byte[] Body)> States => _states;

    internal long Version(string key) => _states.TryGetValue(key, out var state) ? state.Version : 0;

    internal void Write(WriteStateOperation operation)
    {
        if (operation.Body is { } body) _states[operation.Key] = (operation.Expected + 1, body.ToArray());
        else _states.Remove(operation.Key);
    }

    internal int Purge(PurgeOperation operation)
    {
        var gone = _messages
            .Where(m => m.Value.Closed < operation.Before && (m.Value.State is MessageState.Delivered or MessageState.Filtered || (operation.Dead && m.Value.State == MessageState.Dead)))
            .OrderBy(m => m.Key).Take(operation.Limit).ToList();
        foreach (var (id, entry) in gone)
        {
            _messages.Remove(id);
            if (entry.Record.DedupeKey is not { } text) continue;
            var key = (entry.Record.Pipeline, text);
            if (entry.Closed >= operation.KeysFrom) _keptKeys.Add((entry.Closed, id, key));
            else _keys.Remove(key);
        }

        return gone.Count;
    }

    private Entry? Pending(DeliveryId id) =>
        _messages.TryGetValue(id.Message, out var entry) && entry.State == MessageState.Open && id.Index >= 0 && id.Index < entry.Deliveries.Length
            && entry.Deliveries[id.Index] == DeliveryState.Pending ? entry : null;

    private void Close(Entry entry, MessageState state)
    {
        entry.State = state;
        Counts(entry.Record.Pipeline)[state switch { MessageState.Delivered => 1, MessageState.Filtered => 2, _ => 4 }]++;
    }

    private long[] Counts(string pipeline) => _ledger.TryGetValue(pipeline, out var counts) ? counts : _ledger[pipeline] = new long[5];

    internal sealed class Entry(MessageRecord record)
    {
        internal MessageRecord Record { get; set; } = record;

        /// <summary>Of a message that is open, or closed when it was accepted: its acceptance or last replay.</summary>
        internal DateTimeOffset Closed { get; set; } = record.ReceivedAt;

        internal int Edits { get; set; }

        internal MessageState State { get; set; }

        internal PipelineOutcome? Outcome { get; set; }

        internal DeliveryState[] Deliveries { get; set; } = [];

        internal int[] Attempts { get; set; } = [];
    }
}
