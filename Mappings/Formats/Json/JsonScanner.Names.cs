using System.Runtime.CompilerServices;
using Mappings.Documents;

namespace Mappings.Formats.Json;

internal ref partial struct JsonScanner
{
    /// <summary>Up to this many members are compared one with another as they come; larger objects are sorted once, when they close.</summary>
    private const int FewNames = 48;

    /// <summary>
    /// True when no earlier member of the open object has this name. A 64-bit filter over length and three bytes answers
    /// most names without looking at another.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsNew(int name)
    {
        var length = _nodes[name + 2];
        var utf8 = Utf8Of(name);
        var mark = length == 0 ? 0 : length + utf8[0] + (utf8[length >> 1] * 3) + (utf8[length - 1] * 7);
        var bit = 1UL << (mark & 63);
        ref var seen = ref _seen[_depth - 1];
        if ((seen & bit) != 0 && !IsNewAmongFew(name, utf8)) return false;
        seen |= bit;
        return true;
    }

    /// <summary>As <see cref="Tape.Utf8"/>, without its way through a memory's span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ReadOnlySpan<byte> Utf8Of(int node)
    {
        var start = _nodes[node + 1];
        var length = _nodes[node + 2];
        return (_nodes[node] & Tape.InSideFlag) == 0 ? _text.Slice(start, length) : _tape.Side.AsSpan(start, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsNewAmongFew(int name, ReadOnlySpan<byte> utf8)
    {
        var container = _open[_depth - 1];
        if (_nodes[container + 2] >= FewNames) return true;
        for (var at = container + Tape.Stride; at < name; at = _nodes[at + 3])
        {
            if (_nodes[at + 2] == utf8.Length && Utf8Of(at).SequenceEqual(utf8)) return Fail(JsonFaultKind.Duplicate, _tape.OffsetOf(name), _tape.OffsetOf(at));
        }

        return true;
    }

    /// <summary>Sorting instead of hashing: no sender can choose names that make it slow.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AllNew(int container)
    {
        var names = new int[_nodes[container + 2]];
        var count = 0;
        for (var at = container + Tape.Stride; at < _used; at = _nodes[at + 3]) names[count++] = at;
        var tape = _tape;
        Array.Sort(names, (a, b) => tape.Utf8(a).SequenceCompareTo(tape.Utf8(b)) is var order && order != 0 ? order : a.CompareTo(b));
        var (first, second) = (-1, int.MaxValue);
        for (var i = 1; i < names.Length; i++)
        {
            if (names[i] < second && tape.Utf8(names[i - 1]).SequenceEqual(tape.Utf8(names[i]))) (first, second) = (names[i - 1], names[i]);
        }

        return first < 0 || Fail(JsonFaultKind.Duplicate, _tape.OffsetOf(second), _tape.OffsetOf(first));
    }
}
