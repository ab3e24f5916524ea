using Mappings.Yaml;

namespace Mappings.Layouts;

/// <summary>The keys of a layout file.</summary>
internal static class LayoutSpecs
{
    private static readonly FieldType Texts = FieldType.ListOrOne(FieldType.Text, 1);

    private static readonly FieldSpec[] Value =
    [
        FieldSpec.Optional("description", FieldType.Text, "What the field means.", "Number of the file"),
        FieldSpec.Optional("type", FieldType.OneOf("text", "integer", "decimal", "date", "time", "datetime"), "What the text is; dates and times become ISO 8601.", "decimal", "text"),
        FieldSpec.Optional("implied", FieldType.Integer(0, 28), "Number: digits behind a decimal point that is not written.", "2"),
        FieldSpec.Optional("sign", FieldType.OneOf("leading", "trailing", "overpunch", "none"), "Number: where its sign is; overpunch is the last digit of a COBOL zoned decimal.", "trailing", "leading"),
        FieldSpec.Optional("in", Texts, "The written forms of a date or time; the first is the one that is written.", "yyyyMMdd"),
        FieldSpec.Optional("one_of", Texts, "The only texts that are allowed.", "[ C, D ]"),
        FieldSpec.Optional("missing", Texts, "Texts that mean no value, besides blank.", "\"00000000\""),
        FieldSpec.Optional("required", FieldType.Boolean, "Whether no value is an error.", "true", "false"),
        FieldSpec.Optional("secret", FieldType.Boolean, "Whether the value is hidden in findings.", "true", "false"),
    ];

    private static readonly ObjectSpec When = new(
        "when",
        "By what the lines of a record are known.",
        "{ at: 1, length: 2, is: \"01\" }",
        [
            FieldSpec.Required("at", FieldType.Integer(1, FixedLayoutFile.MaxLine), "Place in the line, from 1.", "1"),
            FieldSpec.Optional("length", FieldType.Integer(1, FixedLayoutFile.MaxLine), "How many places; the length of the text, when left out.", "2"),
            FieldSpec.Required("is", Texts, "The ASCII text that stands there, or several.", "\"01\""),
        ]);

    private static readonly ObjectSpec Line = new(
        "line",
        "What all lines have in common.",
        "{ length: 120, end: crlf }",
        [
            FieldSpec.Optional("length", FieldType.Integer(1, FixedLayoutFile.MaxLine), "Length of every line; without it lines may end early, and what is not there is blank.", "120"),
            FieldSpec.Optional("end", FieldType.OneOf("crlf", "lf", "none"), "What stands behind a line; crlf and lf are both read, and written as named.", "crlf", "lf"),
        ]);

    private static readonly ObjectSpec MessageType = new(
        "when",
        "The messages that a record is made of.",
        "{ type: ORDERS, version: D.96A }",
        [
            FieldSpec.Required("type", FieldType.Text, "The message type of UNH, or the transaction set of ST.", "ORDERS"),
            FieldSpec.Optional("version", FieldType.Text, "EDIFACT: version and release with a point; X12: the release in GS; without it any.", "D.96A"),
        ],
        "type");

    public static ObjectSpec FixedField { get; } = new(
        "a field of a line",
        "A field of a line of fixed width.",
        "{ at: 59, length: 15, type: decimal, implied: 2 }",
        [
            FieldSpec.Required("at", FieldType.Integer(1, FixedLayoutFile.MaxLine), "Place in the line, from 1.", "59"),
            FieldSpec.Required("length", FieldType.Integer(1, FixedLayoutFile.MaxLine), "How many places.", "15"),
            .. Value,
            FieldSpec.Optional("pad", FieldType.Text, "The ASCII character around shorter values; a space, and a zero for numbers, when left out.", "\"0\""),
            FieldSpec.Optional("align", FieldType.OneOf("left", "right"), "Where a shorter value stands; numbers right, all else left, when left out.", "right"),
            FieldSpec.Optional("too_long", FieldType.OneOf("error", "cut"), "What happens to a text that does not fit when it is written; it is cut between two characters.", "cut", "error"),
        ]);

    public static ObjectSpec FixedRecord { get; } = new(
        "a record of a fixed layout",
        "One kind of line.",
        "when: { at: 1, is: \"02\" }\nfields:\n  seq: { at: 3, length: 6 }",
        [
            FieldSpec.Optional("description", FieldType.Text, "What the record is.", "One payment"),
            FieldSpec.Optional("when", FieldType.Object(When), "By what its lines are known; may be left out where there is one kind of record.", "{ at: 1, is: \"02\" }"),
            FieldSpec.Optional("once", FieldType.Boolean, "Whether a file has it exactly once; it is then $file.NAME, and no message.", "true", "false"),
            FieldSpec.Optional("last", FieldType.Boolean, "Whether nothing may follow it.", "true", "false"),
            FieldSpec.Required("fields", FieldType.MapOf(FieldType.Object(FixedField)), "The fields by name.", "{ seq: { at: 3, length: 6 } }"),
        ]);

    public static ObjectSpec SegmentField { get; } = new(
        "a field of a segment",
        "A field of an EDI segment.",
        "{ at: 1.2, type: date, in: yyyyMMdd }",
        [
            FieldSpec.Required("at", FieldType.Text, "The element, and after a point the component; both from 1, and the tag is not counted.", "1.2"),
            .. Value,
            FieldSpec.Optional("many", FieldType.Boolean, "Whether the element may be repeated, and so is an array.", "true", "false"),
        ],
        "at");

    public static ObjectSpec Segment { get; } = new(
        "a segment",
        "A segment of an EDI message; with segments inside, it begins a group (X12: a loop).",
        "segment: LIN\nas: lines\nmany: true\nfields: { lineNo: 1, article: 3.1 }",
        [
            FieldSpec.Required("segment", FieldType.Text, "The tag.", "LIN"),
            FieldSpec.Optional("where", FieldType.MapOf(Texts), "Elements whose values tell it from others of its tag.", "{ 1.1: \"137\" }"),
            FieldSpec.Optional("as", FieldType.Name, "The member that holds it; without it its fields belong to the object around.", "lines"),
            FieldSpec.Optional("many", FieldType.Boolean, "Whether it may come more than once, and so is an array.", "true", "false"),
            FieldSpec.Optional("required", FieldType.Boolean, "Whether it must be there.", "true", "false"),
            FieldSpec.Optional("fields", FieldType.MapOf(FieldType.Object(SegmentField)), "The fields by name, each with its place.", "{ lineNo: 1, article: 3.1 }"),
            FieldSpec.Optional("segments", FieldType.List(FieldType.Any), "The segments of the group that it begins, in their order.", "[ { segment: QTY, fields: { quantity: 1.2 } } ]"),
        ]);

    public static ObjectSpec Message { get; } = new(
        "a record of an EDI layout",
        "One kind of message (X12: transaction set).",
        "when: ORDERS\nsegments:\n  - { segment: BGM, fields: { orderNo: 2.1 } }",
        [
            FieldSpec.Optional("description", FieldType.Text, "What the record is.", "One order"),
            FieldSpec.Required("when", FieldType.Object(MessageType), "The message type.", "ORDERS"),
            FieldSpec.Optional("others", FieldType.OneOf("error", "skip"), "What happens to segments that are not named.", "skip", "error"),
            FieldSpec.Required("segments", FieldType.List(FieldType.Any, 1), "The segments in their order, without UNH and UNT or ST and SE; neighbours of one tag may come in any order.", "[ { segment: BGM, fields: { orderNo: 2.1 } } ]"),
        ]);

    public static ObjectSpec File { get; } = new(
        "a layout",
        "How the records of a file are laid out, for formats that do not say it themselves: fixed width and EDI.",
        "layout: bank-b2\nline: { length: 120, end: crlf }\nrecords:\n  detail:\n    fields:\n      seq: { at: 3, length: 6 }",
        [
            FieldSpec.Required("layout", FieldType.Name, "The name endpoints and mappings use.", "bank-b2"),
            FieldSpec.Optional("kind", FieldType.OneOf("fixed", "edifact", "x12"), "What is described; the format of the endpoints that use it.", "edifact", "fixed"),
            FieldSpec.Optional("description", FieldType.Text, "What the files are.", "Daily statement of bank B2"),
            FieldSpec.Optional("widths", FieldType.OneOf("bytes", "chars"), "Fixed: what at and length count; a Chinese character is two bytes in GBK.", "chars", "bytes"),
            FieldSpec.Optional("line", FieldType.Object(Line), "Fixed: what all lines have in common.", "{ length: 120, end: crlf }", "{}"),
            FieldSpec.Required("records", FieldType.MapOf(FieldType.Any), "The kinds of record by name.", "{ detail: { fields: { seq: { at: 3, length: 6 } } } }"),
        ]);
}
