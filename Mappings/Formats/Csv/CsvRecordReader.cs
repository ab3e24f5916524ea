using System.Globalization;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Formats.Encodings;
using Mappings.Formats.Json;

namespace Mappings.Formats.Csv;

/// <summary>
/// Each row becomes an object of texts, named by the header row. A row with the wrong number of columns or a stray quote
/// is bad by itself; a quote that never closes, or a header without usable names, breaks the file. Blank lines are passed over.
/// </summary>
internal sealed class CsvRecordReader : RecordReader
{
    private readonly CsvRowScanner _scanner;
    private byte[][]? _names;
    private byte[] _halved = new byte[256];
    private long _row;

    public CsvRecordReader(FormatOptions options, DecodedInput input)
        : base(options, input)
    {
        _scanner = new CsvRowScanner(options.Delimiter, options.Reader);
        if (!options.Header && options.Columns.Count > 0) _names = [.. options.Columns.Select(Encoding.UTF8.GetBytes)];
    }

    protected override RecordStatus ReadNext()
    {
        if (_row == 0 && !Input.Fill() && Input.Fault is null) return Broken(Finding.Error("FMT211", Input.At));
        if (_row == 0 && Options.Header && ReadHeader() is { } wrong) return Broken(wrong);
        while (true)
        {
            var fault = NextRow();
            if (Input.Window.IsEmpty) return Input.Fault is { } badBytes ? Broken(badBytes) : RecordStatus.End;
            if (fault == CsvFault.None && IsBlank()) Input.Take(_scanner.Length);
            else return Row(fault);
        }
    }

    private RecordStatus Row(CsvFault fault)
    {
        Begin(Input.At, Input.Offset);
        var row = Input.Window;
        if (fault is CsvFault.BareQuote or CsvFault.TextAfterQuote)
        {
            var error = Describe(fault);
            Keep(Input.Take(ToLineEnd()));
            return Bad(error);
        }

        if (fault != CsvFault.None) return Broken(Describe(fault));
        _names ??= [.. Enumerable.Range(1, _scanner.Count).Select(i => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"c{i}")))];
        if (_scanner.Count != _names.Length)
        {
            var error = WrongCount(row.Span, _names.Length);
            Keep(Input.Take(_scanner.Length));
            return Bad(error);
        }

        Builder.Reset(row[.._scanner.Length]);
        Builder.Origin(Input.Line, Input.Column);
        Fill(row.Span);
        Keep(Input.Take(_scanner.Length));
        return RecordStatus.Record;
    }

    private void Fill(ReadOnlySpan<byte> row)
    {
        var names = _names!;
        var fields = _scanner.Fields;
        Builder.StartObject();
        for (var i = 0; i < fields.Length; i++)
        {
            var field = fields[i];
            if (field.Length == 0 && Options.EmptyAs == EmptyAs.Missing) continue;
            Builder.Name(names[i], field.Start);
            if (field.Doubled) Builder.Text(Halve(row.Slice(field.Start, field.Length)), field.Start - 1);
            else Builder.RawTextInInput(field.Start, field.Length, row.Slice(field.Start, field.Length).ContainsAny(Utf8JsonOutput.Escaped));
        }

        Builder.End();
    }

    private Finding? ReadHeader()
    {
        var fault = NextRow();
        var row = Input.Window;
        if (row.IsEmpty) return Input.Fault ?? Finding.Error("FMT211", Input.At);
        if (fault != CsvFault.None) return Describe(fault);
        var names = new List<byte[]>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var field in _scanner.Fields)
        {
            var text = row.Span.Slice(field.Start, field.Length);
            var name = field.Doubled ? Halve(text).ToArray() : text.ToArray();
            var shown = Encoding.UTF8.GetString(name);
            var at = PositionIn(row.Span, field.Start - (field.Quoted ? 1 : 0));
            var column = names.Count + 1;
            if (string.IsNullOrWhiteSpace(shown)) return Finding.Error("FMT234", at, "", ("column", Limits.Number(column)));
            if (!seen.TryAdd(shown, column)) return Finding.Error("FMT235", at, "", ("name", shown), ("column", Limits.Number(column)), ("first", Limits.Number(seen[shown])));
            names.Add(name);
        }

        _names = [.. names];
        Input.Take(_scanner.Length);
        return null;
    }

    /// <summary>Scans the next row, reading on as long as it is not complete.</summary>
    private CsvFault NextRow()
    {
        while (true)
        {
            var window = Input.Window;
            var fault = window.IsEmpty ? CsvFault.NeedMore : _scanner.Scan(window.Span, Input.Ended);
            if (fault != CsvFault.NeedMore) return Count(fault);
            if (window.Length > Limit.MaxDocumentBytes) return Count(CsvFault.LongField);
            if (!Input.Fill() && (Input.Window.IsEmpty || Input.Fault is not null)) return fault;
        }
    }

    private CsvFault Count(CsvFault fault)
    {
        _row++;
        return fault;
    }

    private bool IsBlank() => _scanner.Count == 1 && _names is not { Length: 1 } && _scanner.Fields[0] is { Length: 0, Quoted: false };

    private ReadOnlySpan<byte> Halve(ReadOnlySpan<byte> text)
    {
        if (_halved.Length < text.Length) _halved = new byte[text.Length];
        var written = 0;
        while (text.IndexOf((byte)'"') is var quote && quote >= 0)
        {
            text[..(quote + 1)].CopyTo(_halved.AsSpan(written));
            written += quote + 1;
            text = text[(quote + 2)..];
        }

        text.CopyTo(_halved.AsSpan(written));
        return _halved.AsSpan(0, written + text.Length);
    }

    /// <summary>A row with a stray quote is given up to its line end: quotes can no longer be told apart.</summary>
    private int ToLineEnd()
    {
        while (true)
        {
            var window = Input.Window.Span;
            var end = window[_scanner.FaultAt..].IndexOf((byte)'\n');
            if (end >= 0) return _scanner.FaultAt + end + 1;
            if (window.Length > Limit.MaxDocumentBytes || !Input.Fill()) return Input.Window.Length;
        }
    }

    private Finding WrongCount(ReadOnlySpan<byte> row, int expected)
    {
        var fields = _scanner.Fields;
        var last = fields[Math.Min(expected, fields.Length - 1)];
        var offset = fields.Length > expected ? last.Start - (last.Quoted ? 1 : 0) : last.Start + last.Length + (last.Quoted ? 1 : 0);
        return Finding.Error(
            "FMT230",
            PositionIn(row, offset),
            "",
            ("row", Limits.Number(_row)),
            ("found", Limits.Number(fields.Length)),
            ("expected", Limits.Number(expected)),
            ("delimiter", Options.Delimiter.ToString()));
    }

    private Finding Describe(CsvFault fault)
    {
        // The row reaches into bytes that are no text.
        if (fault == CsvFault.NeedMore && Input.Fault is { } badBytes) return badBytes;
        Input.FillTo(_scanner.FaultAt + Snippet.MaxBytes);
        var text = Input.Window.Span;
        var at = PositionIn(text, _scanner.FaultAt);
        return fault switch
        {
            CsvFault.TextAfterQuote => Finding.Error("FMT231", at, "", ("row", Limits.Number(_row)), ("found", Snippet.Token(text, _scanner.FaultAt))),
            CsvFault.BareQuote => Finding.Error("FMT232", at, "", ("row", Limits.Number(_row))),
            CsvFault.Unterminated => Finding.Error("FMT233", at, "", ("row", Limits.Number(_row))),
            CsvFault.ManyFields => Limits.Nodes(Limit, at),
            _ => Finding.Error("LIM525", at, "", ("limit", Limits.Number(Limit.MaxFieldBytes))),
        };
    }
}
