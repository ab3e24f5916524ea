using System.Globalization;
using System.Xml;
using Mappings.Diagnostics;

namespace Mappings.Formats.Xml;

/// <summary>
/// The parser keeps every name it meets for as long as it reads; a file of ever new names must not fill the memory.
/// Records are alike: the name that followed another the last time is tried before all are searched.
/// </summary>
internal sealed class BoundedNameTable(string file) : XmlNameTable
{
    private const int MaxNames = 50_000;
    private readonly Dictionary<string, Kept> _names = new(StringComparer.Ordinal);
    private Kept _last = new(string.Empty);

    public override string Add(string key) => Add(key.AsSpan());

    public override string Add(char[] key, int offset, int length) => Add(key.AsSpan(offset, length));

    public override string? Get(string key) => Get(key.AsSpan());

    public override string? Get(char[] key, int offset, int length) => Get(key.AsSpan(offset, length));

    private string Add(ReadOnlySpan<char> key)
    {
        if (_last.Next is not { } next || !key.SequenceEqual(next.Name)) _last.Next = next = FindOrKeep(key);
        _last = next;
        return next.Name;
    }

    private string? Get(ReadOnlySpan<char> key) => key.IsEmpty ? string.Empty : Find(key)?.Name;

    private Kept? Find(ReadOnlySpan<char> key) => _names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var kept) ? kept : null;

    private Kept FindOrKeep(ReadOnlySpan<char> key)
    {
        if (Find(key) is { } known) return known;
        if (_names.Count == MaxNames) throw new TooManyNamesException(Finding.Error("LIM526", SourcePosition.WholeFile(file), "", ("limit", MaxNames.ToString("N0", CultureInfo.InvariantCulture))));
        var kept = new Kept(key.IsEmpty ? string.Empty : key.ToString());
        _names.Add(kept.Name, kept);
        return kept;
    }

    private sealed class Kept(string name)
    {
        public string Name { get; } = name;

        public Kept? Next { get; set; }
    }
}
