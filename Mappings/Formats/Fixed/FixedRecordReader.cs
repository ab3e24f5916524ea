using System.Globalization;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Encodings;
using Mappings.Layouts;

namespace Mappings.Formats.Fixed;

/// <summary>
/// Each line becomes an object by its record's layout. A line that is wrong is bad by itself. A once-record that is
/// wrong, or missing at the end, breaks the file: what it says holds for all the others.
/// </summary>
internal sealed class FixedRecordReader : RecordReader
{
    private readonly LayoutDefinition _layout;
    private readonly FixedRecord[] _records;
    private readonly byte[][] _kinds;
    private readonly FixedLine _line;
    private readonly FixedFields _fields;
    private readonly OnceRecords _once;
    private readonly bool _tellsKind;
    private (string Name, int Line)? _last;

    public FixedRecordReader(FormatOptions options, DecodedInput input)
        : base(options, input)
    {
        _layout = options.Layout ?? throw new ArgumentException("A fixed format needs a layout.", nameof(options));
        if (_layout.Kind != LayoutKind.Fixed) throw new ArgumentException("The layout does not describe lines.", nameof(options));
        _records = [.. _layout.Records.Cast<FixedRecord>()];
        _kinds = [.. _records.Select(r => Encoding.UTF8.GetBytes(r.Name))];
        _line = new FixedLine(_layout, options.Encoding, options.ReplaceBadBytes);
        _fields = new FixedFields(_layout, options);
        _once = new OnceRecords(_layout, options, _fields);
        _tellsKind = options.Record is null && _layout.TellsKinds;
    }

    /// <summary>The member that names the record of a message, where one endpoint has several.</summary>
    public static ReadOnlySpan<byte> KindName => "record"u8;

    public override Tape FileTape => _once.Tape;

    protected override RecordStatus ReadNext()
    {
        if (Input is { Offset: 0, Window.IsEmpty: true } && !Input.Fill() && Input.Fault is null) return Broken(Finding.Error("FMT211", Input.At));
        while (NextLine(out var taken))
        {
            if (taken > Limit.MaxDocumentBytes) return TooLong();
            var record = Recognise();
            if (record is { IsOnce: true })
            {
                if (Once(record, taken) is { } status) return status;
                continue;
            }

            if (record is not null && Options.Record is { } wanted && record.Name != wanted && Check(record) is null)
            {
                Input.Take(taken);
                continue;
            }

            return Message(record, taken);
        }

        if (Input.Fault is { } badBytes) return Broken(badBytes);
        if (_once.Missing is not { } missing) return RecordStatus.End;
        return Broken(Finding.Error("FMT246", Input.At, "", ("record", missing)));
    }

    private RecordStatus Message(FixedRecord? record, int taken)
    {
        Begin(Input.At, Input.Offset);
        var fault = record is null ? Unknown() : Check(record);
        if (fault is null)
        {
            // Elsewhere the places of bytes are not those of characters, and the line is no UTF-8.
            if (_line.IsAscii) Builder.Reset(Input.Window[.._line.Bytes.Length]);
            else Builder.Reset(ReadOnlyMemory<byte>.Empty, positions: true);
            Builder.Origin(Input.Line, 1);
            fault = _fields.Write(record!, _line, Builder, Input.Line, _tellsKind ? _kinds[Array.IndexOf(_records, record!)] : default, isInput: _line.IsAscii);
            Input.Replaced.Add(_line.Replaced, () => At);
        }

        Keep(Input.Take(taken));
        return fault is null ? RecordStatus.Record : Bad(fault);
    }

    private RecordStatus? Once(FixedRecord record, int taken)
    {
        var at = new SourcePosition(Limit.File, Input.Line, 0);
        if (_once.LineOf(record) is { } first)
        {
            Begin(Input.At, Input.Offset);
            Keep(Input.Take(taken));
            return Bad(Finding.Error("FMT244", at, "", ("record", record.Name), ("first", Limits.Number(first))));
        }

        var replaced = 0;
        if ((Check(record) ?? _once.Add(record, _line.Bytes, Input.Line, out replaced)) is { } fault)
        {
            Begin(Input.At, Input.Offset);
            Keep(Input.Take(taken));
            return Broken(fault);
        }

        if (replaced > 0)
        {
            var place = Input.At;
            Input.Replaced.Add(replaced, () => place);
        }

        if (record.IsLast) _last = (record.Name, Input.Line);
        Input.Take(taken);
        return null;
    }

    private FixedRecord? Recognise()
    {
        foreach (var record in _records)
        {
            if (record.When is null || record.When.Fits(_line.Slice(record.When.At, record.When.Length))) return record;
        }

        return null;
    }

    /// <summary>What is wrong with a line as a whole.</summary>
    private Finding? Check(FixedRecord record)
    {
        var at = new SourcePosition(Limit.File, Input.Line, 0);
        if (_last is { } last) return Finding.Error("FMT245", at, "", ("record", record.Name), ("last", last.Name), ("line", Text(last.Line)));
        if (_layout.LineLength is not { } length || length == _line.Length) return null;
        return Finding.Error("FMT240", at, "", ("found", Text(_line.Length)), ("expected", Text(length)), ("unit", _layout.Widths == WidthUnit.Bytes ? "bytes" : "chars"));
    }

    private Finding Unknown()
    {
        var known = string.Join(", ", _records.Where(r => r.When is not null).Select(r => $"{r.Name} ({string.Join(" | ", r.When!.Values)})"));
        return Finding.Error("FMT243", new SourcePosition(Limit.File, Input.Line, 0), "", ("found", Snippet.Quote(_line.Bytes)), ("known", known));
    }

    private RecordStatus TooLong()
    {
        Begin(Input.At, Input.Offset);
        return Broken(Limits.DocumentBytes(Limit, Input.At));
    }

    /// <summary>Sets the next line that is not empty.</summary>
    /// <param name="taken">Its length with its end, in bytes of the window.</param>
    private bool NextLine(out int taken)
    {
        while (true)
        {
            taken = _layout.LineEnd == LineEnd.None ? Block() : ToLineFeed();
            if (taken == 0) return false;
            var line = Input.Window[..taken];
            if (_layout.LineEnd != LineEnd.None) line = WithoutEnd(line);
            _line.Set(line);
            if (!line.IsEmpty) return true;
            Input.Take(taken);
        }
    }

    private int ToLineFeed()
    {
        var searched = 0;
        while (true)
        {
            var window = Input.Window.Span;
            var end = window[searched..].IndexOf((byte)'\n');
            if (end >= 0) return searched + end + 1;
            searched = window.Length;
            if (searched > Limit.MaxDocumentBytes) return searched;
            if (!Input.Fill()) return Input.Fault is null ? Input.Window.Length : 0;
        }
    }

    private int Block()
    {
        var places = _layout.LineLength!.Value;
        if (_layout.Widths == WidthUnit.Bytes) Input.FillTo(places);
        else Input.FillTo(places * 4);
        var window = Input.Window;
        if (window.IsEmpty) return 0;
        _line.Set(window[..Math.Min(window.Length, places * 4)]);
        return _line.Offset(places);
    }

    private static ReadOnlyMemory<byte> WithoutEnd(ReadOnlyMemory<byte> line)
    {
        if (line.Span.EndsWith("\n"u8)) line = line[..^1];
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
