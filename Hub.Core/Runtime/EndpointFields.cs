using Hub.Core.Configuration;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Yaml;

namespace Hub.Core.Runtime;

/// <summary>The keys every endpoint has, whatever its connector: how its bytes are read and written.</summary>
public static class EndpointFields
{
    private static readonly string[] Formats = ["json", "ndjson", "csv", "xml"];

    /// <summary>Beside the connector's own keys of an endpoint.</summary>
    public static IReadOnlyList<FieldSpec> Specs { get; } =
    [
        FieldSpec.Optional("description", FieldType.Text, "What stands or arrives here.", "approved orders"),
        FieldSpec.Optional("format", FieldType.OneOf(Formats), "How a message is laid out.", "csv", "json"),
        FieldSpec.Optional("encoding", FieldType.Text, "The encoding of its text.", "gbk", "utf-8"),
        FieldSpec.Optional("record", FieldType.Text, "Which parts of a document are messages: an XML path, a JSON member path, or [] for the elements of an array.", "/list/item"),
        FieldSpec.Optional("attributes", FieldType.Text, "XML: what stands before the names of attributes.", "_", "_"),
        FieldSpec.Optional("empty_as", FieldType.OneOf("missing", "text"), "What an empty CSV field or XML element means.", "text", "missing"),
        FieldSpec.Optional("delimiter", FieldType.Text, "CSV: what stands between fields.", ";", ","),
        FieldSpec.Optional("header", FieldType.Boolean, "CSV: the first row names the columns.", "true", "true"),
        FieldSpec.Optional("namespaces", FieldType.MapOf(FieldType.Text), "XML: prefixes for names, by namespace.", "{ o: urn:orders }"),
    ];

    /// <summary>The format of an endpoint; null, with the reason among the findings, when its keys make none.</summary>
    internal static FormatOptions? Read(EndpointConfig endpoint, Findings findings)
    {
        var fields = endpoint.Fields;
        if (!TextEncodings.TryGet(fields.Text("encoding"), out var encoding))
        {
            findings.Error("CFG256", fields.Position("encoding"), fields.PathOf("encoding"), ("found", fields.Text("encoding")), ("known", string.Join(", ", TextEncodings.Names)));
            return null;
        }

        var delimiter = fields.Text("delimiter");
        if (delimiter.Length != 1 || delimiter[0] > '\x7F' || delimiter[0] is '"' or '\r' or '\n')
        {
            findings.Error("CFG257", fields.Position("delimiter"), fields.PathOf("delimiter"), ("found", delimiter));
            return null;
        }

        return new FormatOptions
        {
            Format = (MessageFormat)Array.IndexOf(Formats, fields.Text("format")),
            Encoding = encoding,
            Record = fields.TextOrNull("record"),
            AttributePrefix = fields.Text("attributes"),
            EmptyAs = fields.Text("empty_as") == "text" ? EmptyAs.Text : EmptyAs.Missing,
            Delimiter = delimiter[0],
            Header = fields.Boolean("header"),
            Namespaces = fields.Map("namespaces").ToDictionary(n => n.Value.Text, n => n.Key, StringComparer.Ordinal),
        };
    }
}
