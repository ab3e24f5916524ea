using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>Keys with values, in the order of the file. Keys are unique.</summary>
public sealed class YamlMapping : YamlNode
{
    private readonly Dictionary<string, YamlEntry> _byKey;

    /// <param name="entries">Entries whose keys differ.</param>
    public YamlMapping(SourcePosition position, IReadOnlyList<YamlEntry> entries)
        : base(position)
    {
        Entries = entries;
        _byKey = entries.ToDictionary(e => e.Key, StringComparer.Ordinal);
    }

    public IReadOnlyList<YamlEntry> Entries { get; }

    /// <summary>The entry of a key, or null.</summary>
    public YamlEntry? Entry(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The value of a key, or null.</summary>
    public YamlNode? this[string key] => _byKey.GetValueOrDefault(key)?.Value;
}
