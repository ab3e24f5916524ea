using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Csv;
using Mappings.Formats.Json;

namespace Mappings.Formats;

/// <summary>
/// Writes records in an endpoint's format and encoding. A record is written whole or not at all: when one is refused,
/// nothing of it reaches the output and the next may be written.
/// </summary>
public sealed class FormatWriter : IDisposable
{
    private readonly WriterOptions _options;
    private readonly CsvRowWriter? _rows;
    private readonly Utf8JsonOutput _json = new();
    private readonly ArrayBufferWriter<byte> _encoded = new(1024);
    private readonly TapeBuilder _builder = new();

    /// <param name="append">True when the output holds records already, so that CSV writes neither header nor mark.</param>
    public FormatWriter(WriterOptions options, bool append = false)
    {
        if (options.Format == MessageFormat.Xml) throw new ArgumentException("XML is read, not written.", nameof(options));
        _options = options;
        if (options.Format == MessageFormat.Csv) _rows = new CsvRowWriter(options, append);
    }

    /// <summary>Writes a JSON body: for CSV an object is one row, an array one row for each element.</summary>
    public bool TryWrite(ReadOnlyMemory<byte> json, IBufferWriter<byte> output, [NotNullWhen(false)] out Finding? error)
    {
        if (!JsonTapeReader.TryRead(json, _builder, ReaderOptions.Default with { File = _options.File }, out error)) return false;
        return TryWrite(_builder.Build(), 0, output, out error);
    }

    /// <param name="node">The record: any value for JSON; an object, or an array of objects, for CSV.</param>
    public bool TryWrite(Tape tape, int node, IBufferWriter<byte> output, [NotNullWhen(false)] out Finding? error)
    {
        _encoded.ResetWrittenCount();
        if (_rows is not null)
        {
            if (!_rows.TryWrite(tape, node, out var text, out error)) return false;
            if (!Encode(text, out error)) return false;
            _rows.Accept();
        }
        else
        {
            _json.Clear();
            TapeJson.Write(tape, node, _json);
            if (!Encode(_json.Written, out error)) return false;
            if (_options.Format == MessageFormat.NdJson && !Encode("\n"u8, out error)) return false;
        }

        output.Write(_encoded.WrittenSpan);
        return true;
    }

    public void Dispose() => _json.Dispose();

    private bool Encode(ReadOnlySpan<byte> utf8, [NotNullWhen(false)] out Finding? error) =>
        _options.Encoding.TryEncode(utf8, _encoded, _options.ReplaceUnencodable, SourcePosition.WholeFile(_options.File), "", out error);
}
