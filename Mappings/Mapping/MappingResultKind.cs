namespace Mappings.Mapping;

/// <summary>What became of a record.</summary>
public enum MappingResultKind
{
    /// <summary>The document was written.</summary>
    Mapped,

    /// <summary>Nothing was written: <c>skip_when</c> was met, or a bad record is skipped by <c>on_error</c>.</summary>
    Skipped,

    /// <summary>Nothing was written: at least one finding is an error.</summary>
    Failed,
}
