using System.Text;

namespace Mappings.Lookups;

/// <summary>
/// Names to small numbers, searched by UTF-8 bytes so that no string is made for a key that stands in a message. The
/// names come from configuration, never from messages: the hash (FNV-1a) needs no protection against chosen keys.
/// </summary>
internal sealed class Utf8Table
{
    private readonly byte[][] _keys;
    private readonly int[] _buckets;

    /// <param name="names">Names that differ.</param>
    public Utf8Table(IReadOnlyList<string> names)
    {
        Names = names;
        _keys = [.. names.Select(Encoding.UTF8.GetBytes)];
        var size = 4;
        while (size < _keys.Length * 2) size *= 2;
        _buckets = new int[size];
        for (var i = 0; i < _keys.Length; i++)
        {
            var at = Hash(_keys[i]) & (size - 1);
            while (_buckets[at] != 0) at = (at + 1) & (size - 1);
            _buckets[at] = i + 1;
        }
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The position of a name, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> utf8)
    {
        var mask = _buckets.Length - 1;
        for (var at = Hash(utf8) & mask; _buckets[at] != 0; at = (at + 1) & mask)
        {
            var index = _buckets[at] - 1;
            if (utf8.SequenceEqual(_keys[index])) return index;
        }

        return -1;
    }

    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var b in utf8) hash = (hash ^ b) * 16777619u;
        return (int)(hash ^ (hash >> 15));
    }
}
