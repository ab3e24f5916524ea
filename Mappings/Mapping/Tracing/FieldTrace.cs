using Mappings.Diagnostics;

namespace Mappings.Mapping.Tracing;

/// <summary>Where the value of one field of a document came from, or why it has none.</summary>
public sealed record FieldTrace
{
    /// <summary>The field's path with its positions in lists, such as <c>items[2].lineTotal</c>; of a let its name with <c>$</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Where the mapping says it.</summary>
    public required SourcePosition Mapping { get; init; }

    /// <summary>The path or expression, or the constant.</summary>
    public required string Text { get; init; }

    /// <summary>What was written, as JSON; null when nothing was. A list of objects is told by its count, since its fields follow.</summary>
    public string? Value { get; init; }

    /// <summary>The values of the record that took part, in the order they were met.</summary>
    public IReadOnlyList<TraceSource> Sources { get; init; } = [];

    /// <summary>How many more there were.</summary>
    public int MoreSources { get; init; }

    /// <summary>What happened on the way, in order.</summary>
    public IReadOnlyList<TraceNote> Notes { get; init; } = [];

    /// <summary>Why there is no value, and warnings; an error also fails the record.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The paths and variables the text speaks of, whether they have a value or not.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];
}
