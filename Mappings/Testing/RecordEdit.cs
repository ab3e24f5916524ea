using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>What a test changes in a record: a tree along the record's own, with values to set and places to take away.</summary>
/// <param name="at">Where the test asks for it.</param>
internal sealed class RecordEdit(SourcePosition at)
{
    private readonly OrderedDictionary<RecordStep, RecordEdit> _inner = [];

    public SourcePosition At { get; } = at;

    /// <summary>What takes the place of what stands here; null when it stays or is taken away.</summary>
    public YamlNode? Value { get; private set; }

    public bool IsRemoved { get; private set; }

    public bool IsEmpty => Value is null && !IsRemoved && _inner.Count == 0;

    public IReadOnlyDictionary<RecordStep, RecordEdit> Inner => _inner;

    /// <summary>True when something below is set, so that a place that is not there yet is made.</summary>
    public bool Sets => Value is not null || _inner.Values.Any(edit => edit.Sets);

    /// <param name="value">What is set; null to take away what stands there.</param>
    /// <returns>False when the same place, one around it or one inside of it is changed already.</returns>
    public bool TryAdd(RecordPath path, SourcePosition at, YamlNode? value)
    {
        var edit = this;
        foreach (var step in path.Steps)
        {
            if (edit.Value is not null || edit.IsRemoved) return false;
            if (!edit._inner.TryGetValue(step, out var next)) edit._inner.Add(step, next = new RecordEdit(at));
            edit = next;
        }

        if (!edit.IsEmpty) return false;
        edit.Value = value;
        edit.IsRemoved = value is null;
        return true;
    }
}
