using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>What a mapping's <c>defaults</c>, and the format of its source, mean for fields that do not say otherwise.</summary>
internal sealed class FieldDefaults
{
    /// <param name="defaults">The block <c>defaults</c>; null when the mapping has none that can be read.</param>
    /// <param name="source">The block <c>source</c>; null likewise.</param>
    public FieldDefaults(SpecValue? defaults, SpecValue? source)
    {
        IsRequired = defaults?.Boolean("required") ?? true;
        Trim = defaults?.Boolean("trim") ?? false;
        KeepsNull = defaults?.Text("null") == "keep";
        Round = defaults?.Text("round") ?? "half-up";
        Zone = defaults?.Find("zone");
        var empty = defaults?.TextOrNull("empty_as") ?? source?.TextOrNull("empty_as")
            ?? (source?.TextOrNull("format") is null or "json" or "ndjson" ? "text" : "missing");
        EmptyIsMissing = empty == "missing";
    }

    public bool IsRequired { get; }

    public bool Trim { get; }

    public bool KeepsNull { get; }

    public bool EmptyIsMissing { get; }

    public string Round { get; }

    public SpecItem? Zone { get; }
}
