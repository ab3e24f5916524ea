using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Csv;
using Mappings.Formats.Fixed;
using Mappings.Formats.Json;
using Mappings.Formats.Xml;

namespace Mappings.Formats;

/// <summary>
/// Writes records in an endpoint's format and encoding. A record is written whole or not at all: when one is refused,
/// nothing of it reaches the output and the next may be written. An XML document cannot be added to: it is written whole,
/// as one record or as an array of them.
/// </summary>
public sealed class FormatWriter : IDisposable
{
    private readonly WriterOptions _options;
    private readonly CsvRowWriter? _rows;
    private readonly XmlDocumentWriter? _xml;
    private readonly FixedWriter? _lines;
    private readonly Utf8JsonOutput _json = new();
    private readonly ArrayBufferWriter<byte> _encoded = new(1024);
    private readonly TapeBuilder _builder = new();

    /// <param name="append">True when the output holds records already, so that CSV writes neither header nor mark.</param>
    public FormatWriter(WriterOptions options, bool append = false)
    {
        if (options.Format is MessageFormat.Edifact or MessageFormat.X12) throw new ArgumentException("EDI is read, not written.", nameof(options));
        if (options.Format == MessageFormat.Xml && append) throw new ArgumentException("An XML document cannot be added to.", nameof(append));
        if (options.Encoding.IsAuto) throw new ArgumentException("A file is written in one encoding.", nameof(options));
        _options = options;
        if (options.Format == MessageFormat.Csv) _rows = new CsvRowWriter(options, append);
        if (options.Format == MessageFormat.Xml) _xml = new XmlDocumentWriter(options);
        if (options.Format == MessageFormat.Fixed) _lines = new FixedWriter(options);
    }

    /// <summary>Writes a JSON body: for CSV an object is one row, an array one row for each element; so for XML and fixed records.</summary>
    public bool TryWrite(ReadOnlyMemory<byte> json, IBufferWriter<byte> output, [NotNullWhen(false)] out Finding? error)
    {
        if (!JsonTapeReader.TryRead(json, _builder, ReaderOptions.Default with { File = _options.File }, out error)) return false;
        return TryWrite(_builder.Build(), 0, output, out error);
    }

    /// <param name="node">The record: any value for JSON; an object, or an array of objects, for all others.</param>
    public bool TryWrite(Tape tape, int node, IBufferWriter<byte> output, [NotNullWhen(false)] out Finding? error)
    {
        _encoded.ResetWrittenCount();
        if (_rows is not null)
        {
            if (!_rows.TryWrite(tape, node, out var text, out error)) return false;
            if (!Encode(text, out error)) return false;
            _rows.Accept();
        }
        else if (_xml is not null)
        {
            if (!_xml.TryWrite(tape, node, out var text, out error) || !Encode(text, out error)) return false;
        }
        else if (_lines is not null)
        {
            if (!_lines.TryWrite(tape, node, _encoded, out error)) return false;
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
