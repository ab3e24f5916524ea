using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>How the bytes of an endpoint are read and written: the fields that every endpoint has, whatever its connector.</summary>
public static class EndpointFormat
{
    /// <summary>The fields.</summary>
    public static IReadOnlyList<FieldSpec> Fields { get; } =
    [
        FieldSpec.Optional("description", FieldType.Text, "What the endpoint is for.", "Sales orders with their lines"),
        FieldSpec.Optional("format", FieldType.OneOf("json", "ndjson", "csv", "xml"), "Format of the messages.", "csv", "json"),
        FieldSpec.Optional("encoding", FieldType.OneOf([.. TextEncodings.Names]), "Encoding of the messages; bytes that do not fit are refused.", "gbk", "utf-8"),
        FieldSpec.Optional("record", FieldType.Text, "Which parts of a payload are records, each a message of its own: [] or a member path in JSON, an element path in XML.", "/list/item"),
        FieldSpec.Optional("delimiter", FieldType.Text, "CSV: the character between fields.", ";", "\",\""),
        FieldSpec.Optional("header", FieldType.Boolean, "CSV: the first row names the columns.", "true", "true"),
        FieldSpec.Optional("columns", FieldType.List(FieldType.Text), "CSV without a header row: the names of the columns.", "[ code, name ]"),
        FieldSpec.Optional("empty_as", FieldType.OneOf("missing", "text"), "What an empty CSV field or XML element is: no value, or an empty text.", "text", "missing"),
        FieldSpec.Optional("attributes", FieldType.Text, "XML: what stands before the names of attributes.", "_", "_"),
        FieldSpec.Optional("namespaces", FieldType.MapOf(FieldType.Text), "XML: prefixes and the namespaces they stand for.", "{ o: urn:orders }"),
    ];

    /// <summary>The options, or null when <paramref name="findings"/> received an error.</summary>
    /// <param name="fields">The endpoint, checked against a spec that holds <see cref="Fields"/>.</param>
    /// <param name="limits">What one message may cost.</param>
    public static FormatOptions? Read(SpecValue fields, LimitsConfig limits, Findings findings)
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

        TextEncodings.TryGet(fields.Text("encoding"), out var encoding);
        return new FormatOptions
        {
            Format = Enum.Parse<MessageFormat>(fields.Text("format"), ignoreCase: true),
            Encoding = encoding!,
            Record = fields.TextOrNull("record"),
            Delimiter = delimiter[0],
            Header = header,
            Columns = fields.Texts("columns"),
            EmptyAs = fields.Text("empty_as") == "text" ? EmptyAs.Text : EmptyAs.Missing,
            AttributePrefix = fields.Text("attributes"),
            Namespaces = fields.Map("namespaces").ToDictionary(entry => entry.Value.Text, entry => entry.Key, StringComparer.Ordinal),
            Reader = ReaderOptions.Default with { MaxDocumentBytes = (int)Math.Min(limits.Document, int.MaxValue), MaxDepth = limits.Depth },
        };
    }
}
