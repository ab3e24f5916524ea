using Mappings.Formats.Encodings;

namespace Mappings.Formats;

/// <summary>How to write the messages of one endpoint. What a format does not use is ignored.</summary>
public sealed record WriterOptions
{
    /// <summary>JSON, NDJSON or CSV.</summary>
    public MessageFormat Format { get; init; } = MessageFormat.Json;

    public TextEncoding Encoding { get; init; } = TextEncodings.Utf8;

    /// <summary><c>unencodable: replace</c>: write <c>?</c> for a character the encoding cannot hold, instead of refusing the record (ENC110).</summary>
    public bool ReplaceUnencodable { get; init; }

    /// <summary>CSV: an ASCII character other than quote, CR and LF.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>CSV: write the column names first.</summary>
    public bool Header { get; init; } = true;

    /// <summary>CSV: the columns in their order; empty: the members of the first record.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>CSV: a text that a spreadsheet would run as a formula gets a <c>'</c> in front. Default true.</summary>
    public bool FormulaGuard { get; init; } = true;

    /// <summary>CSV in UTF-8: begin with a byte order mark, by which Excel knows UTF-8.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>Name of the output in findings.</summary>
    public string File { get; init; } = "message";
}
