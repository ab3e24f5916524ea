namespace Mappings.Layouts;

/// <summary>What a layout file describes: <c>kind:</c>.</summary>
public enum LayoutKind
{
    /// <summary>Lines whose fields stand at fixed places.</summary>
    Fixed,

    /// <summary>UN/EDIFACT interchanges (ISO 9735).</summary>
    Edifact,

    /// <summary>ANSI X12 interchanges.</summary>
    X12,
}
