using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>One field of the target document.</summary>
public sealed record FieldDefinition
{
    public required string Name { get; init; }

    /// <summary>Place of the name.</summary>
    public required SourcePosition At { get; init; }

    /// <summary>Path in the target, such as <c>items[].lineTotal</c>.</summary>
    public required string Path { get; init; }

    public required FieldForm Form { get; init; }

    /// <summary>The path or expression of the value or of the list; null for constants and objects.</summary>
    public YamlExpression? Text { get; init; }

    /// <summary>True when <see cref="Text"/> is a plain path.</summary>
    public bool IsPath { get; init; }

    public YamlConstant? Constant { get; init; }

    /// <summary>The fields of an object or of each element; null when the elements themselves are the values.</summary>
    public IReadOnlyList<FieldDefinition>? Fields { get; init; }

    public int AtLeast { get; init; }

    public int? AtMost { get; init; }

    public required FieldRules Rules { get; init; }
}
