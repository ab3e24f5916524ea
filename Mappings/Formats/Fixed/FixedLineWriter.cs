using System.Buffers;
using System.Globalization;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Formats.Encodings;
using Mappings.Layouts;

namespace Mappings.Formats.Fixed;

/// <summary>
/// Puts fields side by side, counting the layout's unit: bytes of the file's encoding, or characters, which are encoded
/// when the line is whole. A text is never cut inside a character.
/// </summary>
internal sealed class FixedLineWriter(LayoutDefinition layout, WriterOptions options)
{
    private readonly bool _countsBytes = layout.Widths == WidthUnit.Bytes;
    private readonly ArrayBufferWriter<byte> _line = new(256);
    private readonly ArrayBufferWriter<byte> _field = new(256);
    private FixedRecord _record = null!;
    private LineCondition? _mark;
    private int _places;

    public void Begin(FixedRecord record)
    {
        _record = record;
        _line.ResetWrittenCount();
        _places = 0;

        // A field in the same place has to say it itself.
        _mark = record.When is { } when && !record.Fields.Any(f => f.At < when.At + when.Length && when.At < f.End) ? when : null;
    }

    /// <param name="text">UTF-8.</param>
    /// <param name="isBlank">True for no value: spaces, whatever the pad.</param>
    public Finding? Put(FixedField field, ReadOnlySpan<byte> text, string path, bool isBlank)
    {
        Mark(field.At);
        Fill(field.At - 1 - _places, (byte)' ');
        var at = SourcePosition.WholeFile(options.File);
        if (text.IndexOfAnyInRange((byte)0, (byte)31) is var control && control >= 0)
            return Finding.Error("FMT279", at, path, ("code", string.Create(CultureInfo.InvariantCulture, $"U+{text[control]:X4}")));
        _field.ResetWrittenCount();
        Finding? lacking = null;
        if (!_countsBytes) _field.Write(text);
        else if (!options.Encoding.TryEncode(text, _field, options.ReplaceUnencodable, at, path, out lacking)) return lacking;
        var value = _field.WrittenSpan;
        var count = _countsBytes ? value.Length : Characters.Count(value);
        if (count > field.Length)
        {
            if (!field.IsCut) return Finding.Error("FMT249", at, path, ("found", Number(count)), ("length", Number(field.Length)), ("unit", _countsBytes ? "bytes" : "chars"));
            value = value[..Cut(value, field.Length)];
            count = _countsBytes ? value.Length : field.Length;
        }

        var pads = field.Length - count;
        if (field.IsRight) Fill(pads, isBlank ? (byte)' ' : field.Pad);
        _line.Write(value);
        _places += count;
        if (!field.IsRight) Fill(pads, isBlank ? (byte)' ' : field.Pad);
        return null;
    }

    /// <summary>Writes the line with its end.</summary>
    public Finding? End(ArrayBufferWriter<byte> output, string path)
    {
        Mark(int.MaxValue);
        Fill((layout.LineLength ?? 0) - _places, (byte)' ');
        var at = SourcePosition.WholeFile(options.File);
        var line = _line.WrittenSpan;
        if (_record.When is { } when && !when.Fits(Slice(line, when)))
            return Finding.Error("FMT243", at, path, ("found", Snippet.Quote(Slice(line, when))), ("known", $"{_record.Name} ({string.Join(" | ", when.Values)})"));
        Finding? lacking = null;
        if (_countsBytes) output.Write(line);
        else if (!options.Encoding.TryEncode(line, output, options.ReplaceUnencodable, at, path, out lacking)) return lacking;
        if (layout.LineEnd != LineEnd.None) options.Encoding.TryEncode(layout.LineEnd == LineEnd.Crlf ? "\r\n"u8 : "\n"u8, output, false, at, path, out _);
        return null;
    }

    /// <summary>The text that the record is known by, when its place comes before another.</summary>
    private void Mark(int before)
    {
        if (_mark is not { } mark || mark.At > before) return;
        _mark = null;
        Fill(mark.At - 1 - _places, (byte)' ');
        Encoding.ASCII.GetBytes(mark.Values[0], _line);
        _places += mark.Length;
    }

    private ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> line, LineCondition when)
    {
        if (_countsBytes) return line.Slice(when.At - 1, when.Length);
        var rest = line[TextEncodings.Utf8.ByteLength(line, when.At - 1)..];
        return rest[..TextEncodings.Utf8.ByteLength(rest, when.Length)];
    }

    private int Cut(ReadOnlySpan<byte> value, int places) =>
        _countsBytes ? options.Encoding.CompletePrefix(value[..places]) : TextEncodings.Utf8.ByteLength(value, places);

    private void Fill(int count, byte with)
    {
        if (count <= 0) return;
        _line.GetSpan(count)[..count].Fill(with);
        _line.Advance(count);
        _places += count;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
