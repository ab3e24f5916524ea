namespace Mappings.Mapping;

/// <summary>What became of a record.</summary>
public enum MappingResultKind
{
    /// <summary>The document was written.</summary>
    Mapped,

    /// <summary>Nothing was written: <c>skip_when</c> was met, or a bad record is skipped by <c>on_error</c>.</summary>
    Skipped,

    /// <summary>Nothing was written: entries of the identity map are not known yet; <see cref="MappingRun.Xrefs"/> names them. They are to be fetched, and the record is to be run again.</summary>
    NeedsXrefs,

    /// <summary>Nothing was written: the record waits for entries of the identity map; the findings (XRF402) and <see cref="MappingRun.Xrefs"/> name them.</summary>
    Held,

    /// <summary>Nothing was written: at least one finding is an error.</summary>
    Failed,
}
