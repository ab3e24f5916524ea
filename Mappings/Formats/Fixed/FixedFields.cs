using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Encodings;
using Mappings.Formats.Json;
using Mappings.Layouts;

namespace Mappings.Formats.Fixed;

/// <summary>Writes the fields of one line to a tape.</summary>
internal sealed class FixedFields(LayoutDefinition layout, FormatOptions options)
{
    private readonly LayoutText _text = new(options.Reader);
    private readonly string _unit = layout.Widths == WidthUnit.Bytes ? "bytes" : "chars";

    /// <param name="lineNumber">Number of the line in its file, from 1.</param>
    /// <param name="kind">A name to write as member <c>record</c> before the fields; empty for none.</param>
    /// <param name="isInput">True when the line is the tape's input.</param>
    /// <returns>The first fault.</returns>
    public Finding? Write(FixedRecord record, FixedLine line, TapeBuilder tape, int lineNumber, ReadOnlySpan<byte> kind, bool isInput)
    {
        tape.At(lineNumber, 1);
        tape.StartObject();
        if (!kind.IsEmpty)
        {
            tape.Name(FixedRecordReader.KindName);
            tape.Text(kind);
        }

        foreach (var field in record.Fields)
        {
            if (Field(field, line, tape, lineNumber, isInput) is { } fault) return fault;
        }

        tape.End();
        return null;
    }

    private Finding? Field(FixedField field, FixedLine line, TapeBuilder tape, int lineNumber, bool isInput)
    {
        var start = line.Offset(field.At - 1);
        var bytes = line.Bytes[start..line.Offset(field.End - 1)];
        var decoded = line.Decode(bytes, out var bad);
        if (bad >= 0)
        {
            var at = new SourcePosition(options.Reader.File, lineNumber, line.Column(start + bad));
            return BadBytes.Bad(options.Encoding.Display, bytes, bad, start + bad, at) with { Path = field.Name };
        }

        var text = Trim(field, decoded, out var skipped);
        if (text.IsEmpty || field.Value.Missing.IndexOf(text) >= 0)
            return field.Value.IsRequired ? Fault(new LayoutFault("FMT242"), field, line, start, decoded, lineNumber) : null;
        if (_text.Read(field.Value, text, (byte)'.', out var value) is { } fault) return Fault(fault, field, line, start, decoded, lineNumber);
        tape.At(lineNumber, line.Column(start));
        var offset = start + skipped;
        tape.Name(field.Utf8Name, offset);
        if (field.Value.IsNumber) tape.Number(value, offset);
        else if (isInput && value == text) tape.RawTextInInput(offset, text.Length, text.ContainsAny(Utf8JsonOutput.Escaped));
        else tape.Text(value, offset);
        return null;
    }

    /// <summary>The text without pads: those in front of a value at the right, those behind one at the left. Spaces around numbers are none of them.</summary>
    private static ReadOnlySpan<byte> Trim(FixedField field, ReadOnlySpan<byte> text, out int skipped)
    {
        skipped = 0;
        if (!text.ContainsAnyExcept((byte)' ')) return default;
        if (field.Value.IsNumber)
        {
            skipped = text.IndexOfAnyExcept((byte)' ');
            return text[skipped..].TrimEnd((byte)' ');
        }

        if (!field.IsRight) return text.TrimEnd(field.Pad);
        var trimmed = text.TrimStart(field.Pad);
        skipped = text.Length - trimmed.Length;
        return trimmed;
    }

    private Finding Fault(LayoutFault fault, FixedField field, FixedLine line, int start, ReadOnlySpan<byte> found, int lineNumber)
    {
        var shown = field.Value.IsSecret ? DiagnosticTexts.Catalog.Render("word.hidden") : Snippet.Quote(found);
        var places = field.Length == 1 ? Text(field.At) : $"{Text(field.At)}-{Text(field.End - 1)}";
        return Finding.Error(
            fault.Code,
            new SourcePosition(options.Reader.File, lineNumber, line.Column(start)),
            field.Name,
            [("found", shown), ("places", $"{_unit} {places}"), .. fault.Arguments]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
