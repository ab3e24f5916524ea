using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>
/// Words of the mapping language that this version does not carry out. They are refused by name: a word that is
/// accepted and then does nothing would be worse than an error.
/// </summary>
internal static class NotYet
{
    /// <summary>Reports such keys and gives the node back without them, so that they are not called unknown as well.</summary>
    public static YamlNode Strip(YamlNode node, Findings findings, string path, params ReadOnlySpan<(string Key, string Code)> refused)
    {
        if (node is not YamlMapping mapping) return node;
        var kept = new List<YamlEntry>(mapping.Entries.Count);
        foreach (var entry in mapping.Entries)
        {
            var code = Code(entry.Key, refused);
            if (code is null) kept.Add(entry);
            else findings.Error(code, entry.KeyNode.Position, path, ("key", entry.Key), ("value", (entry.Value as YamlScalar)?.Value ?? "…"));
        }

        return kept.Count == mapping.Entries.Count ? node : new YamlMapping(mapping.Position, kept);
    }

    /// <summary>The same for one member that is a mapping itself.</summary>
    public static YamlNode StripInside(YamlNode node, string member, Findings findings, params ReadOnlySpan<(string Key, string Code)> refused)
    {
        if (node is not YamlMapping mapping || mapping.Entry(member) is not { Value: YamlMapping inner } found) return node;
        var stripped = Strip(inner, findings, member, refused);
        if (ReferenceEquals(stripped, inner)) return node;
        return new YamlMapping(mapping.Position, [.. mapping.Entries.Select(e => ReferenceEquals(e, found) ? e with { Value = stripped } : e)]);
    }

    private static string? Code(string key, ReadOnlySpan<(string Key, string Code)> refused)
    {
        foreach (var (name, code) in refused)
        {
            if (name == key) return code;
        }

        return null;
    }
}
