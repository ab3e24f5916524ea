using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Mapping.Files;
using Mappings.Xrefs;
using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>A mapping as its file says it, checked for shape; <see cref="MappingPlan"/> is what runs. Immutable.</summary>
public sealed record MappingDefinition
{
    /// <summary>The file's name in findings.</summary>
    public required string File { get; init; }

    public required string Name { get; init; }

    /// <summary>Place of the name.</summary>
    public required SourcePosition At { get; init; }

    public required long Version { get; init; }

    public string Owner { get; init; } = string.Empty;

    public string Description { get; init; } = string.Empty;

    public MappingSide Source { get; init; } = MappingSide.None;

    public MappingSide Target { get; init; } = MappingSide.None;

    /// <summary>The part of the language that its expressions may use.</summary>
    public ExpressionProfile Profile { get; init; } = ExpressionProfile.Hub;

    /// <summary>The entry of the identity map that arises from a document; null when none does.</summary>
    public IdentityDefinition? Identity { get; init; }

    /// <summary>Values computed once per record, in the order of the file.</summary>
    public IReadOnlyList<LetDefinition> Lets { get; init; } = [];

    public YamlExpression? SkipWhen { get; init; }

    public required IReadOnlyList<FieldDefinition> Fields { get; init; }

    /// <summary>Place of the key <c>fields</c>.</summary>
    public required SourcePosition FieldsAt { get; init; }

    public IReadOnlyList<CheckDefinition> Checks { get; init; } = [];

    /// <summary>What holds for a file of many records as a whole.</summary>
    public FileRules FileRules { get; init; } = FileRules.None;

    /// <summary>A record that cannot be mapped is skipped with warnings instead of failing.</summary>
    public bool SkipsBadRecords { get; init; }

    /// <summary>The <c>tests</c> of the file, unread; null when it has none.</summary>
    public YamlNode? Tests { get; init; }
}
