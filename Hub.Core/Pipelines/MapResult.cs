namespace Hub.Core.Pipelines;

/// <summary>How a mapping ended.</summary>
public enum MapResult
{
    /// <summary>The output is complete; there may be warnings.</summary>
    Mapped,

    /// <summary>The mapping leaves such records out on purpose; there is no output.</summary>
    Skipped,

    /// <summary>The findings say why; the output is of no use.</summary>
    Failed,
}
