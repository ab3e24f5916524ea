using Mappings.Diagnostics;

namespace Mappings.Mapping.Checking;

/// <summary>What the checker found out about a mapping: the type and the reads of every part. Nothing in it is needed to run.</summary>
internal sealed class MappingTypes
{
    /// <summary>Fields of every depth by their path, in the order of the file.</summary>
    public OrderedDictionary<string, FieldType> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The lets by name, without the dollar sign.</summary>
    public OrderedDictionary<string, PartType> Lets { get; } = new(StringComparer.Ordinal);

    /// <summary>The checks in the order of the file.</summary>
    public List<(CheckDefinition Check, PartType Part)> Checks { get; } = [];

    /// <summary>A field, and the list it is an element's field of.</summary>
    internal sealed record FieldType(FieldDefinition Field, StaticType Source, StaticType Result, IReadOnlyList<Read> Reads, FieldDefinition? List);

    /// <summary>An expression beside the fields.</summary>
    internal sealed record PartType(StaticType Type, IReadOnlyList<Read> Reads, SourcePosition At, string Text);
}
