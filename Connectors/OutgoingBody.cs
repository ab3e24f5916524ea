using System.Buffers;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Mappings.Diagnostics;
using Mappings.Formats;

namespace Connectors;

/// <summary>Turns a pipeline's UTF-8 JSON into the bytes an endpoint takes.</summary>
internal sealed class OutgoingBody
{
    private readonly WriterOptions? _options;

    /// <exception cref="MappingException">CFG290: the endpoint's format is only read; CFG304, CFG305: it does not say how a document begins.</exception>
    public OutgoingBody(EndpointContext endpoint)
    {
        var format = endpoint.Format;
        Check(endpoint);
        var charset = format.Encoding.IsUtf8 ? "utf-8" : format.Encoding.Name;
        ContentType = format.Format switch
        {
            MessageFormat.Csv => $"text/csv; charset={charset}",
            MessageFormat.NdJson => "application/x-ndjson",
            MessageFormat.Xml => $"application/xml; charset={charset}",
            MessageFormat.Fixed => $"text/plain; charset={charset}",
            _ when format.Encoding.IsUtf8 => "application/json",
            _ => $"application/json; charset={charset}",
        };

        // JSON goes out byte for byte as the pipeline made it.
        if (format.Format == MessageFormat.Json && format.Encoding.IsUtf8) return;
        _options = new WriterOptions
        {
            Format = format.Format,
            Encoding = format.Encoding,
            Delimiter = format.Delimiter,
            Header = format.Header,
            Columns = format.Columns,
            ReplaceUnencodable = format.ReplaceUnencodable,
            FormulaGuard = format.FormulaGuard,
            ByteOrderMark = format.ByteOrderMark,
            Record = format.Record,
            Layout = format.Layout,
            AttributePrefix = format.AttributePrefix,
            Namespaces = format.Namespaces,
            File = endpoint.Name.ToString(),
        };
    }

    public string ContentType { get; }

    /// <exception cref="PermanentException">The body does not fit the format or the encoding.</exception>
    public ReadOnlyMemory<byte> Convert(ReadOnlyMemory<byte> json)
    {
        if (_options is null) return json;
        using var writer = new FormatWriter(_options);
        var output = new ArrayBufferWriter<byte>(json.Length + 256);
        return writer.TryWrite(json, output, out var error) ? output.WrittenMemory : throw new PermanentException(error);
    }

    /// <summary>Each message is a document of its own, so the document has to be whole.</summary>
    private static void Check(EndpointContext endpoint)
    {
        var format = endpoint.Format;
        var name = endpoint.Name.ToString();
        if (format.Format is MessageFormat.Edifact or MessageFormat.X12)
            throw new MappingException(Finding.Error("CFG290", endpoint.Settings.At, "format", ("endpoint", name), ("format", format.Format.ToString().ToLowerInvariant())));
        if (format.Encoding.IsAuto) throw new MappingException(Finding.Error("CFG306", endpoint.Settings.At, "encoding", ("endpoint", name)));
        if (format.Format == MessageFormat.Xml && format.Record is null)
            throw new MappingException(Finding.Error("CFG304", endpoint.Settings.At, "record", ("endpoint", name)));
        if (format is { Format: MessageFormat.Fixed, Record: { } record, Layout: { } layout } && layout.Records.FirstOrDefault(r => r.IsOnce && r.Name != record) is { } once)
            throw new MappingException(Finding.Error("CFG305", endpoint.Settings.At, "record", ("endpoint", name), ("record", record), ("layout", layout.Name), ("once", once.Name)));
    }
}
