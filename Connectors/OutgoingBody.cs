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

    /// <exception cref="MappingException">CFG290: the endpoint's format is only read.</exception>
    public OutgoingBody(EndpointContext endpoint)
    {
        var format = endpoint.Format;
        if (format.Format == MessageFormat.Xml)
            throw new MappingException(Finding.Error("CFG290", endpoint.Settings.At, "format", ("endpoint", endpoint.Name.ToString())));
        var charset = format.Encoding.IsUtf8 ? "utf-8" : format.Encoding.Name;
        ContentType = format.Format switch
        {
            MessageFormat.Csv => $"text/csv; charset={charset}",
            MessageFormat.NdJson => "application/x-ndjson",
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
}
