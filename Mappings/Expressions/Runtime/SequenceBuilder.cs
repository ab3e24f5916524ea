using System.Runtime.CompilerServices;

namespace Mappings.Expressions.Runtime;

/// <summary>Collects a sequence; allocates nothing while there is at most one item that is no array.</summary>
internal struct SequenceBuilder
{
    private const int MaxCapacity = 256;

    private readonly int _capacity;
    private Value _single;
    private Seq? _items;

    /// <param name="most">How many items are expected at most; only so many are made room for at once.</param>
    public SequenceBuilder(int most) => _capacity = Math.Min(most, MaxCapacity);

    public readonly int Count => _items?.Count ?? (_single.IsMissing ? 0 : 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref Frame f, in Value item)
    {
        if (_items is null && _single.IsMissing && !item.IsMissing) _single = item;
        else Append(ref f, item);
    }

    /// <summary>Adds a value, or each element when it is an array.</summary>
    public void AddFlat(ref Frame f, in Value value)
    {
        if (!value.IsArray)
        {
            Add(ref f, value);
            return;
        }

        foreach (var item in value.Items()) Add(ref f, item);
    }

    /// <summary>The sequence, unwrapped: missing, the only item, or a list.</summary>
    public readonly Value ToValue() => _items is null ? _single : new Value(Tag.Seq, _items);

    /// <summary>The sequence for a following step: a single array keeps a wrapper, so that it counts as one item.</summary>
    public readonly Value ToSequence() => _items is null ? Sequences.One(_single) : new Value(Tag.Seq, _items);

    /// <summary>The sequence as a list object, whatever its length.</summary>
    public readonly Seq ToSeq(SeqFlags flags)
    {
        if (_items is null) return _single.IsMissing ? new Seq(flags) : new Seq(flags, _single);
        _items.Flags = flags;
        return _items;
    }

    private void Append(ref Frame f, in Value item)
    {
        if (_items is null)
        {
            _items = new Seq(SeqFlags.Sequence, _capacity == 0 ? [] : new Value[_capacity], 0);
            if (!_single.IsMissing) _items.Add(_single);
        }

        f.Step();
        if (_items.Count >= f.Context.Budget.Limits.SequenceLength) Errors.SequenceTooLong(f);
        _items.Add(item);
    }
}
