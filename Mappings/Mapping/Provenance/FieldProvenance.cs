using Mappings.Diagnostics;

namespace Mappings.Mapping.Provenance;

/// <summary>What one field of the target can depend on, known without running the mapping.</summary>
public sealed record FieldProvenance
{
    /// <summary>The field, such as <c>items[].lineTotal</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What its rules say of the value, in the words of the file, such as <c>decimal</c>, <c>scale 2</c>, <c>half-up</c>; empty when they say nothing.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    public required SourcePosition At { get; init; }

    /// <summary>The fixed value of a <c>const</c>; null for what is read or computed.</summary>
    public string? Constant { get; init; }

    /// <summary>The paths in the record, also through lets.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>What the value passes on its way.</summary>
    public required IReadOnlyList<ProvenanceLink> Through { get; init; }

    /// <summary>What reads the field.</summary>
    public required IReadOnlyList<ProvenanceLink> UsedBy { get; init; }
}
