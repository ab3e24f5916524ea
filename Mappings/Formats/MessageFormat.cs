namespace Mappings.Formats;

/// <summary>How a message or file is laid out: <c>format:</c> of an endpoint.</summary>
public enum MessageFormat
{
    Json,

    /// <summary>One JSON document on each line.</summary>
    NdJson,
    Csv,
    Xml,

    /// <summary>Lines of fixed width, by a layout.</summary>
    Fixed,

    /// <summary>UN/EDIFACT interchanges, by a layout.</summary>
    Edifact,

    /// <summary>ANSI X12 interchanges, by a layout.</summary>
    X12,
}
