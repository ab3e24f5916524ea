namespace Hub.Core.Pipelines;

/// <summary>How a mapping ended.</summary>
public enum MapResult
{
    /// <summary>The output is complete; there may be warnings.</summary>
    Mapped,

    /// <summary>The mapping leaves such records out on purpose; there is no output.</summary>
    Skipped,

    /// <summary>Keys of the identity map are not known yet: they are to be fetched, and the document is to be mapped again.</summary>
    NeedsXrefs,

    /// <summary>The document waits for entries of the identity map; the findings say for which.</summary>
    Held,

    /// <summary>The findings say why; the output is of no use.</summary>
    Failed,
}
