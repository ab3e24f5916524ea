using System.Runtime.CompilerServices;

namespace Mappings.Expressions.Runtime;

/// <summary>A computed list: an array or a sequence. A range holds its bounds, not its numbers.</summary>
internal sealed class Seq
{
    private Value[] _items = [];
    private readonly decimal _rangeStart;
    private readonly bool _isRange;

    public Seq(SeqFlags flags) => Flags = flags;

    public Seq(SeqFlags flags, in Value only)
        : this(flags)
    {
        _items = new Value[1];
        _items[0] = only;
        Count = 1;
    }

    public Seq(SeqFlags flags, Value[] items, int count)
        : this(flags)
    {
        _items = items;
        Count = count;
    }

    private Seq(decimal start, int count)
        : this(SeqFlags.Sequence)
    {
        _rangeStart = start;
        _isRange = true;
        Count = count;
    }

    public SeqFlags Flags { get; set; }

    public int Count { get; private set; }

    public bool IsSequence => (Flags & SeqFlags.Sequence) != 0;

    public bool IsRange => _isRange;

    public Value this[int index] => _isRange ? new Value(_rangeStart + index) : _items[index];

    /// <summary>The numbers from <paramref name="start"/> on, each made when it is asked for.</summary>
    public static Seq Range(decimal start, int count) => new(start, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Value item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(4, Count * 2));
        _items[Count++] = item;
    }

    public Value[] ToArray()
    {
        var copy = new Value[Count];
        if (_isRange)
        {
            for (var i = 0; i < Count; i++) copy[i] = this[i];
        }
        else Array.Copy(_items, copy, Count);
        return copy;
    }

    /// <summary>Replaces an element; only for lists that are still being built.</summary>
    public void Set(int index, in Value item) => _items[index] = item;

    public Seq WithFlags(SeqFlags flags) => _isRange ? new Seq(_rangeStart, Count) { Flags = flags } : new Seq(flags, _items, Count);
}
