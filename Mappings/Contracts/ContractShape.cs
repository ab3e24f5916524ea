using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Mappings.Diagnostics;
using Mappings.Lookups;

namespace Mappings.Contracts;

/// <summary>What one value of a document may be. Immutable.</summary>
public sealed class ContractShape
{
    private static readonly FrozenDictionary<ContractKinds, string> Words = new Dictionary<ContractKinds, string>
    {
        [ContractKinds.Null] = "null",
        [ContractKinds.Boolean] = "boolean",
        [ContractKinds.Integer] = "integer",
        [ContractKinds.Number] = "number",
        [ContractKinds.Text] = "string",
        [ContractKinds.Array] = "array",
        [ContractKinds.Object] = "object",
    }.ToFrozenDictionary();

    private Utf8Table? _names;
    private bool[]? _isRequired;
    private Dictionary<string, ContractShape>? _members;

    public required ContractKinds Kinds { get; init; }

    /// <summary>Where the shape stands in the contract's file.</summary>
    public required SourcePosition At { get; init; }

    /// <summary>The members in the order of the file.</summary>
    public IReadOnlyList<KeyValuePair<string, ContractShape>> Members { get; init; } = [];

    public IReadOnlySet<string> Required { get; init; } = FrozenSet<string>.Empty;

    /// <summary>False when a member that is not listed is an error.</summary>
    public bool AllowsOtherMembers { get; init; } = true;

    public ContractShape? Items { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public ContractFormat Format { get; init; }

    public string? Pattern { get; init; }

    /// <summary>The kinds as the contract's file spells them, such as <c>string, null</c>.</summary>
    public string KindsText => string.Join(", ", Words.Where(w => (Kinds & w.Key) != 0).OrderBy(w => w.Key).Select(w => w.Value));

    /// <summary>The members as findings list them.</summary>
    public string MembersText => string.Join(", ", Members.Select(m => m.Key));

    /// <summary>What samples said about a member; null when nobody counted.</summary>
    public ContractSamples? Samples { get; init; }

    // Made on first use: most contracts are only read by the checker. Two threads may both make them, with the same content.
    internal Utf8Table Names => _names ??= new Utf8Table([.. Members.Select(m => m.Key)]);

    /// <summary>For each member, by its position: whether it must be there.</summary>
    internal bool[] IsRequired => _isRequired ??= [.. Members.Select(m => Required.Contains(m.Key))];

    internal Regex? PatternRegex { get; init; }

    internal ContractEnum? Enum { get; init; }

    /// <summary>The shape of a member, or null when the contract does not list it.</summary>
    public ContractShape? Member(string name) =>
        (_members ??= Members.ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal)).GetValueOrDefault(name);

    internal static string Word(ContractKinds kind) => Words[kind];
}
