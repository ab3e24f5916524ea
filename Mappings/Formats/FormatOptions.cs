using Mappings.Formats.Encodings;
using Mappings.Layouts;

namespace Mappings.Formats;

/// <summary>How to read the messages of one endpoint. What a format does not use is ignored.</summary>
public sealed record FormatOptions
{
    public MessageFormat Format { get; init; } = MessageFormat.Json;

    /// <summary>Default UTF-8. Bytes are decoded strictly and before anything is split.</summary>
    public TextEncoding Encoding { get; init; } = TextEncodings.Utf8;

    /// <summary><c>bad_bytes: replace</c>: bytes that are no text are read as U+FFFD and counted (ENC103), instead of refusing what they stand in (ENC101).</summary>
    public bool ReplaceBadBytes { get; init; }

    /// <summary>Writing: <c>unencodable: replace</c>.</summary>
    public bool ReplaceUnencodable { get; init; }

    /// <summary>Writing CSV: a text that a spreadsheet would run as a formula gets a <c>'</c> in front. Default true.</summary>
    public bool FormulaGuard { get; init; } = true;

    /// <summary>Writing CSV in UTF-8: begin with a byte order mark, by which Excel knows UTF-8.</summary>
    public bool ByteOrderMark { get; init; }

    /// <summary>
    /// Which parts of the document are records. JSON: <c>[]</c> for the elements of a top-level array, <c>data.orders</c>
    /// for those of an array inside. XML: <c>/list/item</c>. Null: the whole document is one record. By a layout: the name
    /// of a record; null: all that a file does not have just once.
    /// </summary>
    public string? Record { get; init; }

    /// <summary>Fixed, EDIFACT, X12: how the records are laid out.</summary>
    public LayoutDefinition? Layout { get; init; }

    /// <summary>CSV: what stands between fields; an ASCII character other than quote, CR and LF. Never guessed. Default a comma.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>CSV: the first row names the columns. Default true.</summary>
    public bool Header { get; init; } = true;

    /// <summary>CSV without a header row: the names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Default: no value.</summary>
    public EmptyAs EmptyAs { get; init; } = EmptyAs.Missing;

    /// <summary>XML: stands before the names of attributes, and makes <c>_text</c> the name of text beside them. Default <c>_</c>.</summary>
    public string AttributePrefix { get; init; } = "_";

    /// <summary>XML: prefix by namespace URI; names in such a namespace read <c>prefix_name</c>, all others are local names.</summary>
    public IReadOnlyDictionary<string, string> Namespaces { get; init; } = new Dictionary<string, string>();

    /// <summary>File name for positions, and limits.</summary>
    public ReaderOptions Reader { get; init; } = ReaderOptions.Default;

    /// <summary>True for a character that may stand between CSV fields. The configuration is checked with this; readers and writers throw for any other.</summary>
    public static bool IsDelimiter(char character) => char.IsAscii(character) && character is not ('"' or '\r' or '\n' or '\0');

    internal static byte RequireDelimiter(char character) =>
        IsDelimiter(character) ? (byte)character : throw new ArgumentOutOfRangeException(nameof(character), character, "Not a delimiter.");
}
