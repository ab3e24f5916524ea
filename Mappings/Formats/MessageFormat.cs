namespace Mappings.Formats;

/// <summary>How a message or file is laid out: <c>format:</c> of an endpoint.</summary>
public enum MessageFormat
{
    Json,

    /// <summary>One JSON document on each line.</summary>
    NdJson,
    Csv,
    Xml,
}
