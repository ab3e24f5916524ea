using System.Text.RegularExpressions;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Contracts.Sources;

/// <summary>What one value may be, while it is put together from another kind of description or from samples. Not thread-safe.</summary>
internal sealed class ContractDraft
{
    public ContractKinds Kinds { get; set; } = ContractKinds.Any;

    public SourcePosition At { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    /// <summary>What was widened or left out on the way, for the reader of the written file.</summary>
    public string? Comment { get; set; }

    public OrderedDictionary<string, ContractDraft> Members { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    public bool AllowsOtherMembers { get; set; } = true;

    public ContractDraft? Items { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public decimal? Minimum { get; set; }

    public decimal? Maximum { get; set; }

    public ContractFormat Format { get; set; }

    /// <summary>Found anywhere in the text, as JSON Schema has it.</summary>
    public string? Pattern { get; set; }

    public Regex? PatternRegex { get; set; }

    public List<YamlConstant>? Enum { get; set; }

    public ContractSamples? Samples { get; set; }

    public ContractShape ToShape() => new()
    {
        Kinds = Kinds,
        At = At,
        Members = [.. Members.Select(m => KeyValuePair.Create(m.Key, m.Value.ToShape()))],
        Required = Required,
        AllowsOtherMembers = AllowsOtherMembers,
        Items = Items?.ToShape(),
        MinItems = MinItems,
        MaxItems = MaxItems,
        MinLength = MinLength,
        MaxLength = MaxLength,
        Minimum = Minimum,
        Maximum = Maximum,
        Format = Format,
        Pattern = Pattern,
        PatternRegex = PatternRegex,
        Enum = Enum is { Count: > 0 } ? new ContractEnum(Enum) : null,
        Samples = Samples,
    };
}
