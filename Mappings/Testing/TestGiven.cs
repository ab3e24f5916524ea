using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>The record of a test: written out, or taken from a sample file.</summary>
public sealed record TestGiven
{
    public required SourcePosition At { get; init; }

    /// <summary>The record as it was written; null when it comes from a file.</summary>
    public YamlNode? Record { get; init; }

    /// <summary>The sample file, from the configuration folder; null when the record was written out.</summary>
    public string? File { get; init; }

    /// <summary>Which record of the file, from 1.</summary>
    public long Number { get; init; } = 1;

    /// <summary>What is changed in the record of a file.</summary>
    internal RecordEdit? Edits { get; init; }

    /// <summary>The part that is mapped; null for the whole record.</summary>
    internal RecordPath? Part { get; init; }
}
