using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Layouts;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>How the bytes of an endpoint are read and written: the fields that every endpoint has, whatever its connector.</summary>
public static class EndpointFormat
{
    private static ObjectSpec ClaimCheckSpec => new("claim_check", "Which payloads are kept apart from their message.", "{ over: 1MB, max: 1GB, fields: [ header.orderNo ] }",
    [
        FieldSpec.Optional("over", FieldType.Size, "Payloads of more bytes are kept apart.", "1MB", "1MB"),
        FieldSpec.Optional("max", FieldType.Size, "Payloads of more bytes are refused.", "1GB", "1GB"),
        FieldSpec.Optional("fields", FieldType.List(FieldType.Text), "JSON: single members, found in the first 64 KB, that stand in the document about the payload at the same place.", "[ header.orderNo ]"),
    ]);

    /// <summary>The fields.</summary>
    public static IReadOnlyList<FieldSpec> Fields { get; } =
    [
        FieldSpec.Optional("description", FieldType.Text, "What the endpoint is for.", "Sales orders with their lines"),
        FieldSpec.Optional("format", FieldType.OneOf("json", "ndjson", "csv", "xml", "fixed", "edifact", "x12"), "Format of the messages.", "csv", "json"),
        FieldSpec.Optional("layout", FieldType.Reference(ReferenceKind.Layout), "Fixed, EDIFACT, X12: how the records are laid out.", "bank-b2"),
        FieldSpec.Optional("encoding", FieldType.OneOf([.. TextEncodings.Names, TextEncodings.Auto.Name]), "Encoding of the messages; bytes that do not fit are refused. For reading, auto takes a byte order mark, else UTF-8 where all is UTF-8, else GB18030.", "gbk", "utf-8"),
        FieldSpec.Optional("bad_bytes", FieldType.OneOf("error", "replace"), "Reading: what becomes of bytes that are not text in the encoding; replace reads U+FFFD, and the count is logged.", "replace", "error"),
        FieldSpec.Optional("unencodable", FieldType.OneOf("error", "replace"), "Writing: what becomes of characters that the encoding does not have; replace writes a question mark.", "replace", "error"),
        FieldSpec.Optional("record", FieldType.Text, "Which parts of a payload are records, each a message of its own: [] or a member path in JSON, an element path in XML, the name of a record in a layout.", "/list/item"),
        FieldSpec.Optional("delimiter", FieldType.Text, "CSV: the character between fields.", ";", "\",\""),
        FieldSpec.Optional("header", FieldType.Boolean, "CSV: the first row names the columns.", "true", "true"),
        FieldSpec.Optional("columns", FieldType.List(FieldType.Text), "CSV without a header row: the names of the columns.", "[ code, name ]"),
        FieldSpec.Optional("formula_guard", FieldType.Boolean, "Writing CSV: a text that a spreadsheet would run as a formula gets a ' in front.", "false", "true"),
        FieldSpec.Optional("byte_order_mark", FieldType.Boolean, "Writing CSV in UTF-8: begin with a byte order mark, by which Excel knows UTF-8.", "true", "false"),
        FieldSpec.Optional("empty_as", FieldType.OneOf("missing", "text"), "What an empty CSV field or XML element is: no value, or an empty text.", "text", "missing"),
        FieldSpec.Optional("attributes", FieldType.Text, "XML: what stands before the names of attributes.", "_", "_"),
        FieldSpec.Optional("namespaces", FieldType.MapOf(FieldType.Text), "XML: prefixes and the namespaces they stand for.", "{ o: urn:orders }"),
        FieldSpec.Optional("claim_check", FieldType.Object(ClaimCheckSpec), "In: large payloads are kept apart, unread, and their message is a small document about them.", "{ over: 1MB, max: 1GB }"),
    ];

    /// <summary>Which payloads of an endpoint are kept apart; null for none, also when <paramref name="findings"/> received an error.</summary>
    public static ClaimCheckConfig? ClaimCheck(SpecValue endpoint, Findings findings)
    {
        if (endpoint.ObjectOrNull("claim_check") is not { } fields) return null;
        var check = new ClaimCheckConfig(fields.Size("over"), fields.Size("max"), fields.Texts("fields"));
        if (check.Max > check.Over) return check;
        findings.Error("CFG369", fields.Position("max"), fields.PathOf("max"), ("over", fields.Find("over")!.Node.ToString()!), ("max", fields.Find("max")!.Node.ToString()!));
        return null;
    }

    /// <summary>The options, or null when <paramref name="findings"/> received an error.</summary>
    /// <param name="fields">The endpoint, checked against a spec that holds <see cref="Fields"/>.</param>
    /// <param name="limits">What one message may cost.</param>
    /// <param name="layouts">The layouts that could be read; one that is missing here is reported elsewhere.</param>
    public static FormatOptions? Read(SpecValue fields, LimitsConfig limits, IReadOnlyDictionary<string, LayoutDefinition> layouts, Findings findings)
    {
        var delimiter = fields.Text("delimiter");
        if (delimiter.Length != 1 || delimiter[0] is '"' or '\r' or '\n' || delimiter[0] > 0x7F)
        {
            findings.Error("CFG250", fields.Position("delimiter"), fields.PathOf("delimiter"), ("found", delimiter));
            return null;
        }

        var header = fields.Boolean("header");
        if (!header && fields.Texts("columns").Count == 0 && fields.Text("format") == "csv")
        {
            findings.Error("CFG251", fields.Position("header"), fields.PathOf("header"));
            return null;
        }

        if (Namespaces(fields, findings) is not { } namespaces) return null;
        var layout = fields.TextOrNull("layout") is { } name ? layouts.GetValueOrDefault(name) : null;
        if (!FitsLayout(fields, layout, findings)) return null;
        TextEncodings.TryGet(fields.Text("encoding"), out var encoding);
        return new FormatOptions
        {
            Format = Enum.Parse<MessageFormat>(fields.Text("format"), ignoreCase: true),
            Encoding = encoding!,
            Record = fields.TextOrNull("record"),
            Layout = layout,
            ReplaceBadBytes = fields.Text("bad_bytes") == "replace",
            ReplaceUnencodable = fields.Text("unencodable") == "replace",
            FormulaGuard = fields.Boolean("formula_guard"),
            ByteOrderMark = fields.Boolean("byte_order_mark"),
            Delimiter = delimiter[0],
            Header = header,
            Columns = fields.Texts("columns"),
            EmptyAs = fields.Text("empty_as") == "text" ? EmptyAs.Text : EmptyAs.Missing,
            AttributePrefix = fields.Text("attributes"),
            Namespaces = namespaces,
            Reader = ReaderOptions.Default with { MaxDocumentBytes = (int)Math.Min(limits.Document, int.MaxValue), MaxDepth = limits.Depth },
        };
    }

    private static bool FitsLayout(SpecValue fields, LayoutDefinition? layout, Findings findings)
    {
        var format = fields.Text("format");
        var needsLayout = format is "fixed" or "edifact" or "x12";
        if (needsLayout != fields.Has("layout"))
        {
            var at = needsLayout ? fields.Position("format") : fields.Find("layout")!.KeyAt;
            findings.Error(needsLayout ? "CFG300" : "CFG301", at, fields.PathOf(needsLayout ? "format" : "layout"), ("format", format));
            return false;
        }

        if (layout is null) return true;
        var kind = layout.Kind.ToString().ToLowerInvariant();
        if (kind != format)
        {
            findings.Error("CFG302", fields.Position("layout"), fields.PathOf("layout"), ("layout", layout.Name), ("kind", kind), ("format", format));
            return false;
        }

        // Lines end in a byte, which is half of a character there.
        if (layout.CountsBytes && fields.Text("encoding").StartsWith("utf-16", StringComparison.Ordinal))
        {
            findings.Error("CFG307", fields.Position("encoding"), fields.PathOf("encoding"), ("layout", layout.Name), ("encoding", fields.Text("encoding")));
            return false;
        }

        if (fields.TextOrNull("record") is not { } record || layout.Record(record) is not null) return true;
        findings.Error("CFG303", fields.Position("record"), fields.PathOf("record"), ("layout", layout.Name), ("found", record), ("known", string.Join(", ", layout.Records.Select(r => r.Name))));
        return false;
    }

    private static Dictionary<string, string>? Namespaces(SpecValue fields, Findings findings)
    {
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (prefix, uri) in fields.Map("namespaces"))
        {
            if (prefixes.TryAdd(uri.Text, prefix)) continue;
            findings.Error("CFG248", uri.At, uri.Path, ("first", prefixes[uri.Text]));
            return null;
        }

        return prefixes;
    }
}
