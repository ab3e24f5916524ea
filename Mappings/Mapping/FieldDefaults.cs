using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>What a mapping's <c>defaults</c>, and the format of its source, mean for fields that do not say otherwise.</summary>
internal sealed class FieldDefaults
{
    /// <param name="file">The mapping; null when its head could not be read.</param>
    public FieldDefaults(SpecValue? file)
    {
        var defaults = file?.ObjectOrNull("defaults");
        var source = file?.ObjectOrNull("source");
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
