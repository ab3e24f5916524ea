using System.Text;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Yaml;

namespace Mappings.Lookups;

/// <summary>A table that translates one code into another: the entries of a lookup file, or a field's own <c>map</c>. Immutable.</summary>
public sealed class LookupTable
{
    private readonly Utf8Table _keys;
    private readonly Value[] _values;

    /// <param name="name">The name mappings use; empty for a field's own map.</param>
    /// <param name="entries">Keys that differ, with what they become.</param>
    /// <param name="otherwise">What every other key becomes; null when another key is an error.</param>
    public LookupTable(string name, IReadOnlyList<KeyValuePair<string, YamlConstant>> entries, YamlConstant? otherwise = null)
    {
        Name = name;
        _keys = new Utf8Table([.. entries.Select(e => e.Key)]);
        var pool = new ConstantPool();
        foreach (var entry in entries) pool.Add(entry.Value);
        if (otherwise is { } constant) pool.Add(constant);
        _values = pool.Build();
        Else = otherwise is null ? Value.Missing : _values[^1];
    }

    public string Name { get; }

    public int Count => _keys.Names.Count;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<string> Keys => _keys.Names;

    /// <summary>What a key without an entry becomes; missing when that is an error.</summary>
    public Value Else { get; }

    /// <summary>What a key becomes: its entry, else <see cref="Else"/>; missing when there is neither.</summary>
    public Value Find(ReadOnlySpan<byte> utf8Key) => _keys.IndexOf(utf8Key) is var index and >= 0 ? _values[index] : Else;

    /// <inheritdoc cref="Find(ReadOnlySpan{byte})"/>
    public Value Find(string key) => Find(Encoding.UTF8.GetBytes(key));

    /// <summary>The key that was probably meant, or null.</summary>
    public string? Nearest(string key) => NameSuggestion.Closest(key, Keys);
}
