using System.Collections.Frozen;
using Mappings.Diagnostics;
using Mappings.Layouts;

namespace Mappings.Mapping;

/// <summary>
/// What a mapping says about its source or target. Contract and emptiness rule the mapping itself; the rest states for
/// which endpoint it was written, so that the hub can compare.
/// </summary>
public sealed record MappingSide
{
    public static MappingSide None { get; } = new();

    public string? System { get; init; }

    /// <summary>Place of the system's name.</summary>
    public SourcePosition SystemAt { get; init; }

    public string? Format { get; init; }

    public string? Encoding { get; init; }

    public string? Layout { get; init; }

    /// <summary>Place of the layout's name.</summary>
    public SourcePosition LayoutAt { get; init; }

    /// <summary>The layout itself; null when none is named, or there is none of the name.</summary>
    public LayoutDefinition? ResolvedLayout { get; init; }

    /// <summary>Source only: bytes that are no text are read as U+FFFD.</summary>
    public bool ReplacesBadBytes { get; init; }

    /// <summary>Source only: prefix by XML namespace.</summary>
    public IReadOnlyDictionary<string, string> Namespaces { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Source only: the path of one record in a larger file, or the name of one in the layout.</summary>
    public string? Record { get; init; }

    /// <summary>Source only: the prefix of XML attributes.</summary>
    public string? Attributes { get; init; }

    /// <summary>Target only: the field that identifies a document.</summary>
    public string? Key { get; init; }

    public string? Contract { get; init; }

    /// <summary>Place of the contract's name.</summary>
    public SourcePosition ContractAt { get; init; }
}
