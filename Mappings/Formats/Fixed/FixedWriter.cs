using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Layouts;

namespace Mappings.Formats.Fixed;

/// <summary>
/// Writes lines by a layout, in the file's encoding. With a record name an object is one line and an array one line for
/// each element. Without, the document is a file: a member for each record of the layout, by name; once-records are
/// objects and have to be there, the others are arrays; lines stand in the order of the layout.
/// </summary>
internal sealed class FixedWriter
{
    private readonly WriterOptions _options;
    private readonly LayoutDefinition _layout;
    private readonly FixedRecord? _record;
    private readonly LayoutText _text = new(ReaderOptions.Default);
    private readonly FixedLineWriter _line;

    public FixedWriter(WriterOptions options)
    {
        _options = options;
        _layout = options.Layout is { Kind: LayoutKind.Fixed } layout ? layout : throw new ArgumentException("A fixed format needs a layout of lines.", nameof(options));
        var name = options.Record ?? (_layout.Records.Count == 1 ? _layout.Records[0].Name : null);
        if (name is not null) _record = (FixedRecord?)_layout.Record(name) ?? throw new ArgumentException($"The layout has no record {name}.", nameof(options));
        _line = new FixedLineWriter(_layout, options);
    }

    public bool TryWrite(Tape tape, int node, ArrayBufferWriter<byte> output, [NotNullWhen(false)] out Finding? error)
    {
        error = _record is not null ? Lines(tape, node, _record, output, "") : WholeFile(tape, node, output);
        return error is null;
    }

    private Finding? WholeFile(Tape tape, int node, ArrayBufferWriter<byte> output)
    {
        if (tape.Kind(node) != NodeKind.Object) return WrittenValue.Misfit(tape, node, WrittenValue.Object, _options.File, "");
        for (var name = tape.FirstChild(node); name < tape.Next(node); name = tape.Next(name))
        {
            if (_layout.Record(Encoding.UTF8.GetString(tape.Utf8(name))) is null) return Unknown(tape, name, _layout.Records.Select(r => r.Name));
        }

        foreach (var record in _layout.Records.Cast<FixedRecord>())
        {
            var value = tape.Find(node, Encoding.UTF8.GetBytes(record.Name));
            if (value < 0 && record.IsOnce) return Finding.Error("FMT242", SourcePosition.WholeFile(_options.File), record.Name);
            if (value < 0) continue;
            if (record.IsOnce && tape.Kind(value) != NodeKind.Object) return WrittenValue.Misfit(tape, value, WrittenValue.Object, _options.File, record.Name);
            if (Lines(tape, value, record, output, record.Name) is { } fault) return fault;
        }

        return null;
    }

    private Finding? Lines(Tape tape, int node, FixedRecord record, ArrayBufferWriter<byte> output, string path)
    {
        if (tape.Kind(node) != NodeKind.Array) return Line(tape, node, record, output, path);
        var index = 0;
        for (var item = tape.FirstChild(node); item < tape.Next(node); item = tape.Next(item), index++)
        {
            if (Line(tape, item, record, output, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]")) is { } fault) return fault;
        }

        return null;
    }

    private Finding? Line(Tape tape, int node, FixedRecord record, ArrayBufferWriter<byte> output, string path)
    {
        if (tape.Kind(node) != NodeKind.Object) return WrittenValue.Misfit(tape, node, WrittenValue.Object, _options.File, path);
        _line.Begin(record);
        var found = 0;
        foreach (var field in record.Fields)
        {
            var value = tape.Find(node, field.Utf8Name);
            if (value >= 0) found++;
            if (Field(tape, value, field, path.Length == 0 ? field.Name : $"{path}.{field.Name}") is { } fault) return fault;
        }

        if (found < tape.Count(node)) return Unknown(tape, FirstUnknown(tape, node, record), record.Fields.Select(f => f.Name), path);
        return _line.End(output, path);
    }

    private Finding? Field(Tape tape, int value, FixedField field, string path)
    {
        if (value >= 0 && !WrittenValue.IsSingle(tape, value)) return WrittenValue.Misfit(tape, value, WrittenValue.Single, _options.File, path);
        var text = value < 0 ? default : WrittenValue.Text(tape, value);
        if (text.IsEmpty)
        {
            if (field.Value.IsRequired) return Finding.Error("FMT242", SourcePosition.WholeFile(_options.File), path);
            var missing = field.Value.Missing.Names.Count > 0 ? field.Value.Missing.Names[0] : string.Empty;
            return _line.Put(field, Encoding.UTF8.GetBytes(missing), path, isBlank: missing.Length == 0);
        }

        if (_text.Write(field.Value, text, (byte)'.', field.Pad == '0' ? field.Length : 0, out var written) is { } fault)
        {
            var shown = field.Value.IsSecret ? DiagnosticTexts.Catalog.Render("word.hidden") : Snippet.Quote(text);
            return Finding.Error(fault.Code, SourcePosition.WholeFile(_options.File), path, [("found", shown), ("places", field.Name), .. fault.Arguments]);
        }

        return _line.Put(field, written, path, isBlank: false);
    }

    private Finding Unknown(Tape tape, int name, IEnumerable<string> known, string path = "")
    {
        var text = Encoding.UTF8.GetString(tape.Utf8(name));
        return Finding.Error("FMT248", SourcePosition.WholeFile(_options.File), path.Length == 0 ? text : $"{path}.{text}", ("known", string.Join(", ", known)));
    }

    private static int FirstUnknown(Tape tape, int node, FixedRecord record)
    {
        var name = tape.FirstChild(node);
        while (record.Fields.Any(f => tape.Utf8(name).SequenceEqual(f.Utf8Name))) name = tape.Next(name);
        return name;
    }
}
