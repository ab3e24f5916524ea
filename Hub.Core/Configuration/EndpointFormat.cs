using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>The fields that every endpoint has: how its bytes are read and written.</summary>
internal static class EndpointFormat
{
    private static readonly FormatOptions Standard = new();

    public static IReadOnlyList<FieldSpec> Fields { get; } =
    [
        FieldSpec.Optional("description", FieldType.Text, "What the endpoint is for.", "Sales orders with their lines"),
        FieldSpec.Optional("format", FieldType.OneOf("json", "ndjson", "csv", "xml"), "How messages are laid out.", "csv", "json"),
        FieldSpec.Optional("encoding", FieldType.OneOf([.. TextEncodings.Names]), "Characters of the bytes; decoded strictly.", "gbk", "utf-8"),
        FieldSpec.Optional("record", FieldType.Text, "Which parts of a document are messages of their own: [] or data.orders in JSON, /list/item in XML.", "/list/item"),
        FieldSpec.Optional("delimiter", FieldType.Text, "CSV: what stands between fields.", "\";\"", "\",\""),
        FieldSpec.Optional("header", FieldType.Boolean, "CSV: the first row names the columns.", "false", "true"),
        FieldSpec.Optional("columns", FieldType.List(FieldType.Text), "CSV without a header row: the names of the columns.", "[ code, name ]"),
        FieldSpec.Optional("empty_as", FieldType.OneOf("missing", "text"), "What an empty CSV field or XML element means.", "text", "missing"),
        FieldSpec.Optional("attributes", FieldType.Text, "XML: stands before the names of attributes.", "_", "_"),
        FieldSpec.Optional("namespaces", FieldType.MapOf(FieldType.Text), "XML: namespace by the prefix that its names get.", "{ p: \"urn:people\" }"),
    ];

    public static FormatOptions Options(SpecValue endpoint, Findings findings)
    {
        TextEncodings.TryGet(endpoint.Text("encoding"), out var encoding);
        return new FormatOptions
        {
            Format = endpoint.Text("format") switch
            {
                "ndjson" => MessageFormat.NdJson,
                "csv" => MessageFormat.Csv,
                "xml" => MessageFormat.Xml,
                _ => MessageFormat.Json,
            },
            Encoding = encoding ?? Standard.Encoding,
            Record = endpoint.TextOrNull("record"),
            Delimiter = Delimiter(endpoint, findings),
            Header = endpoint.Boolean("header"),
            Columns = endpoint.Texts("columns"),
            EmptyAs = endpoint.Text("empty_as") == "text" ? EmptyAs.Text : EmptyAs.Missing,
            AttributePrefix = endpoint.Text("attributes"),
            Namespaces = Namespaces(endpoint, findings),
        };
    }

    private static char Delimiter(SpecValue endpoint, Findings findings)
    {
        var text = endpoint.Text("delimiter");
        if (text is [var c] && char.IsAscii(c) && c is not ('"' or '\r' or '\n')) return c;
        findings.Error("CFG247", endpoint.Position("delimiter"), endpoint.PathOf("delimiter"));
        return Standard.Delimiter;
    }

    private static Dictionary<string, string> Namespaces(SpecValue endpoint, Findings findings)
    {
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (prefix, uri) in endpoint.Map("namespaces"))
        {
            if (!prefixes.TryAdd(uri.Text, prefix)) findings.Error("CFG248", uri.At, uri.Path, ("first", prefixes[uri.Text]));
        }

        return prefixes;
    }
}
