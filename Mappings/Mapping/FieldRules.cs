using System.Text.RegularExpressions;
using Mappings.Diagnostics;
using Mappings.Mapping.Temporal;
using Mappings.Xrefs;
using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>What happens to a field's value on its way, in this order: trim, map or lookup, xref, type, limits, default, required.</summary>
public sealed record FieldRules
{
    public bool Trim { get; init; }

    public bool EmptyIsMissing { get; init; }

    public bool KeepsNull { get; init; }

    /// <summary>The field's own <c>map</c>, in the order of the file; null when it has none.</summary>
    public IReadOnlyList<KeyValuePair<string, YamlConstant>>? Map { get; init; }

    /// <summary>The name of a lookup table; null when it has none.</summary>
    public string? Lookup { get; init; }

    public SourcePosition LookupAt { get; init; }

    public YamlConstant? Else { get; init; }

    /// <summary>The value becomes the id of another system; null when it does not.</summary>
    public XrefDefinition? Xref { get; init; }

    public ValueType Type { get; init; }

    public int? Scale { get; init; }

    public Rounding Rounding { get; init; }

    /// <summary>Characters; bytes of a <see cref="ValueType.Binary"/> value.</summary>
    public int? MaxLength { get; init; }

    public bool CutsTooLong { get; init; }

    public string? Pattern { get; init; }

    public IReadOnlyList<YamlConstant>? OneOf { get; init; }

    public YamlConstant? Default { get; init; }

    public bool IsRequired { get; init; } = true;

    public BadValue OnError { get; init; }

    public bool IsSecret { get; init; }

    /// <summary>The long form as it stands in the file, for the places of its keys; null for the short form.</summary>
    internal SpecValue? Written { get; init; }

    internal Regex? PatternRegex { get; init; }

    internal TemporalRule? Temporal { get; init; }
}
