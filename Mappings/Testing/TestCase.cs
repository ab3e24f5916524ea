using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>One test of a mapping.</summary>
public sealed record TestCase
{
    public required string Name { get; init; }

    /// <summary>Place of the name.</summary>
    public required SourcePosition At { get; init; }

    public required TestGiven Given { get; init; }

    /// <summary>The variables of the mapping that are set, by name without the dollar sign.</summary>
    public IReadOnlyDictionary<string, YamlNode> Variables { get; init; } = new Dictionary<string, YamlNode>();

    /// <summary>The file's stubs with those of the test laid over them.</summary>
    public TestStubs Stubs { get; init; } = TestStubs.None;

    /// <summary>The document; null when the record is refused or skipped.</summary>
    public YamlNode? Document { get; init; }

    /// <summary>True when <see cref="Document"/> is only some of it.</summary>
    public bool IsPart { get; init; }

    public ExpectedFinding? Error { get; init; }

    public bool IsSkipped { get; init; }

    public IReadOnlyList<ExpectedFinding> Warnings { get; init; } = [];

    /// <summary>Numbers must be written the same way, not only be the same.</summary>
    public bool IsExact { get; init; }
}
