using System.Diagnostics.CodeAnalysis;

namespace Connectors.Sandbox;

/// <summary>The records of one endpoint of a sandbox system. Safe for many threads.</summary>
public sealed class SandboxCollection
{
    /// <summary>Idempotency keys that are remembered; beyond it the oldest are forgotten.</summary>
    public const int RememberedKeys = 100_000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, SandboxRecord> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldIndex> _indexes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _applied = new(StringComparer.Ordinal);
    private readonly Queue<string> _appliedOrder = new();
    private readonly string? _keyPath;
    private long _repeated;
    private long _delivered;

    internal SandboxCollection(string name, string? keyPath)
    {
        Name = name;
        _keyPath = keyPath;
    }

    /// <summary>The endpoint's name.</summary>
    public string Name { get; }

    /// <summary>Path of the member that tells records apart; null when the collection keeps none.</summary>
    public string? KeyPath => _keyPath;

    public int Count
    {
        get
        {
            lock (_gate) return _records.Count;
        }
    }

    /// <summary>Writes that had no effect, because their idempotency key had been seen.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>Deliveries that took effect; seeds and writes over REST are not counted.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>The key of a body; null when it has none.</summary>
    public string? KeyOf(ReadOnlyMemory<byte> body) =>
        _keyPath is not null && JsonFields.TextOrColumn(body.Span, _keyPath) is { Length: > 0 } key ? key : null;

    /// <summary>Writes a record; one with the same key is replaced.</summary>
    /// <param name="body">UTF-8 JSON; it is copied.</param>
    /// <param name="idempotencyKey">Null applies the write in any case.</param>
    public SandboxWrite Upsert(string key, ReadOnlyMemory<byte> body, string? idempotencyKey)
    {
        lock (_gate)
        {
            if (idempotencyKey is not null && !Remember(idempotencyKey))
            {
                Interlocked.Increment(ref _repeated);
                return SandboxWrite.Repeated;
            }

            if (idempotencyKey is not null) Interlocked.Increment(ref _delivered);

            var before = _records.GetValueOrDefault(key);
            var record = new SandboxRecord(key, body.ToArray(), (before?.Version ?? 0) + 1, idempotencyKey);
            _records[key] = record;
            foreach (var index in _indexes.Values)
            {
                if (before is not null) index.Remove(before);
                index.Add(record);
            }

            return before is null ? SandboxWrite.Created : SandboxWrite.Updated;
        }
    }

    public bool TryGet(string key, [NotNullWhen(true)] out SandboxRecord? record)
    {
        lock (_gate) return _records.TryGetValue(key, out record);
    }

    public bool Remove(string key)
    {
        lock (_gate)
        {
            if (!_records.Remove(key, out var record)) return false;
            foreach (var index in _indexes.Values) index.Remove(record);
            return true;
        }
    }

    /// <summary>All records, by key.</summary>
    public IReadOnlyList<SandboxRecord> All()
    {
        lock (_gate) return [.. _records.Values];
    }

    /// <summary>The records whose fields have these texts, by key. The fields asked for are indexed at the first question.</summary>
    public IReadOnlyList<SandboxRecord> Find(IReadOnlyList<KeyValuePair<string, string>> where)
    {
        if (where.Count == 0) return All();
        var asked = where.OrderBy(w => w.Key, StringComparer.Ordinal).ToArray();
        var paths = Array.ConvertAll(asked, w => w.Key);
        lock (_gate)
        {
            var name = string.Join('\n', paths);
            if (!_indexes.TryGetValue(name, out var index))
            {
                // The field names come from whoever asks: the number of indexes is bounded.
                if (_indexes.Count == 32) _indexes.Clear();
                index = new FieldIndex(paths);
                foreach (var record in _records.Values) index.Add(record);
                _indexes.Add(name, index);
            }

            return [.. index.Find(Array.ConvertAll(asked, w => w.Value)).Select(k => _records[k])];
        }
    }

    private bool Remember(string idempotencyKey)
    {
        if (!_applied.Add(idempotencyKey)) return false;
        _appliedOrder.Enqueue(idempotencyKey);
        if (_appliedOrder.Count > RememberedKeys) _applied.Remove(_appliedOrder.Dequeue());
        return true;
    }

    /// <summary>Keys of records by the texts of some fields. A record without one of the fields is in no entry.</summary>
    private sealed class FieldIndex(string[] paths)
    {
        private readonly Dictionary<string, SortedSet<string>> _keys = new(StringComparer.Ordinal);

        public void Add(SandboxRecord record)
        {
            if (Entry(record) is not { } entry) return;
            if (!_keys.TryGetValue(entry, out var keys)) _keys.Add(entry, keys = new SortedSet<string>(StringComparer.Ordinal));
            keys.Add(record.Key);
        }

        public void Remove(SandboxRecord record)
        {
            if (Entry(record) is not { } entry || !_keys.TryGetValue(entry, out var keys)) return;
            keys.Remove(record.Key);
            if (keys.Count == 0) _keys.Remove(entry);
        }

        public IEnumerable<string> Find(string[] values) => _keys.GetValueOrDefault(Join(values)) ?? Enumerable.Empty<string>();

        private string? Entry(SandboxRecord record)
        {
            var values = new string[paths.Length];
            for (var i = 0; i < values.Length; i++)
            {
                if (JsonFields.TextOrColumn(record.Body.Span, paths[i]) is not { } value) return null;
                values[i] = value;
            }

            return Join(values);
        }

        /// <summary>With their lengths, so that no two lists of values read the same.</summary>
        private static string Join(string[] values) => string.Concat(values.Select(v => $"{v.Length}:{v}"));
    }
}
