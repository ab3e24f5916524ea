using System.Collections.Frozen;
using Mappings.Formats.Encodings;
using Mappings.Layouts;

namespace Mappings.Formats;

/// <summary>How to write the messages of one endpoint. What a format does not use is ignored.</summary>
public sealed record WriterOptions
{
    public MessageFormat Format { get; init; } = MessageFormat.Json;

    public TextEncoding Encoding { get; init; } = TextEncodings.Utf8;

    /// <summary><c>unencodable: replace</c>: write <c>?</c> for a character the encoding cannot hold, instead of refusing the record (ENC110).</summary>
    public bool ReplaceUnencodable { get; init; }

    /// <summary>
    /// XML: the elements around records and their name, such as <c>/list/item</c>; required. Fixed: the record of the layout
    /// that is written; null when a document is a whole file.
    /// </summary>
    public string? Record { get; init; }

    /// <summary>Fixed: how the lines are laid out; required.</summary>
    public LayoutDefinition? Layout { get; init; }

    /// <summary>XML: members whose name begins with it are attributes; with <c>text</c> behind it, the text beside them.</summary>
    public string AttributePrefix { get; init; } = "_";

    /// <summary>XML: prefix by namespace URI; a member <c>prefix_name</c> is an element of that namespace.</summary>
    public IReadOnlyDictionary<string, string> Namespaces { get; init; } = FrozenDictionary<string, string>.Empty;

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
