using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;

namespace Mappings.Formats.Csv;

/// <summary>
/// Rows by RFC 4180, ending in CRLF. A missing member or null is an empty field. Nothing is left out silently: a member
/// without a column and a value that is no single value refuse the record.
/// </summary>
internal sealed class CsvRowWriter
{
    private static readonly SearchValues<byte> FormulaStarts = SearchValues.Create("=+-@\t\r"u8);

    private readonly WriterOptions _options;
    private readonly SearchValues<byte> _quoted;
    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private byte[][] _columns;
    private bool _begun;

    /// <summary>The columns are given, or those of a record that was really written.</summary>
    private bool _hasColumns;

    public CsvRowWriter(WriterOptions options, bool append)
    {
        _options = options;
        _columns = [.. options.Columns.Select(Encoding.UTF8.GetBytes)];
        _hasColumns = _columns.Length > 0;
        _begun = append;
        _quoted = SearchValues.Create([FormatOptions.RequireDelimiter(options.Delimiter), (byte)'"', (byte)'\r', (byte)'\n']);
    }

    /// <summary>The rows of a record, with the header when it is the first. Call <see cref="Accept"/> when they are really written.</summary>
    /// <param name="text">UTF-8; valid until the next call.</param>
    public bool TryWrite(Tape tape, int node, out ReadOnlySpan<byte> text, [NotNullWhen(false)] out Finding? error)
    {
        _text.ResetWrittenCount();
        if (!_hasColumns) _columns = [];
        error = null;
        var isArray = tape.Kind(node) == NodeKind.Array;
        var end = isArray ? tape.Next(node) : node + Tape.Stride;
        for (var row = isArray ? tape.FirstChild(node) : node; error is null && row < end; row = tape.Next(row))
        {
            if (tape.Kind(row) != NodeKind.Object) error = Wrong("FMT236", tape, row, "");
            else error = Row(tape, row);
        }

        text = _text.WrittenSpan;
        return error is null;
    }

    public void Accept()
    {
        _begun |= _text.WrittenCount > 0;
        _hasColumns |= _text.WrittenCount > 0;
    }

    private Finding? Row(Tape tape, int row)
    {
        if (_columns.Length == 0) _columns = Names(tape, row);
        if (!_begun && _text.WrittenCount == 0) Begin();
        var found = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (i > 0) Put((byte)_options.Delimiter);
            var value = tape.Find(row, _columns[i]);
            if (value < 0) continue;
            found++;
            var kind = tape.Kind(value);
            if (kind is NodeKind.Array or NodeKind.Object) return Wrong("FMT237", tape, value, Encoding.UTF8.GetString(_columns[i]));
            Cell(tape, value, kind);
        }

        _text.Write("\r\n"u8);
        return found == tape.Count(row) ? null : Unknown(tape, row);
    }

    private void Begin()
    {
        if (_options.ByteOrderMark) _text.Write("\uFEFF"u8);
        if (!_options.Header) return;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (i > 0) Put((byte)_options.Delimiter);
            Field(_columns[i], guard: _options.FormulaGuard);
        }

        _text.Write("\r\n"u8);
    }

    private void Cell(Tape tape, int value, NodeKind kind)
    {
        switch (kind)
        {
            case NodeKind.True:
                _text.Write("true"u8);
                break;
            case NodeKind.False:
                _text.Write("false"u8);
                break;
            case NodeKind.Number:
                Field(tape.Utf8(value), guard: false);
                break;
            case NodeKind.Text:
                Field(tape.Utf8(value), _options.FormulaGuard);
                break;
        }
    }

    private void Field(ReadOnlySpan<byte> text, bool guard)
    {
        var isFormula = guard && text.Length > 0 && FormulaStarts.Contains(text[0]);
        if (text.IndexOfAny(_quoted) < 0)
        {
            if (isFormula) Put((byte)'\'');
            _text.Write(text);
            return;
        }

        Put((byte)'"');
        if (isFormula) Put((byte)'\'');
        while (text.IndexOf((byte)'"') is var quote && quote >= 0)
        {
            _text.Write(text[..(quote + 1)]);
            Put((byte)'"');
            text = text[(quote + 1)..];
        }

        _text.Write(text);
        Put((byte)'"');
    }

    private Finding Unknown(Tape tape, int row)
    {
        var name = tape.FirstChild(row);
        while (IsColumn(tape.Utf8(name))) name = tape.Next(name);
        return Finding.Error("FMT238", SourcePosition.WholeFile(_options.File), Encoding.UTF8.GetString(tape.Utf8(name)), ("columns", string.Join(", ", _columns.Select(Encoding.UTF8.GetString))));
    }

    private bool IsColumn(ReadOnlySpan<byte> name)
    {
        foreach (var column in _columns)
        {
            if (name.SequenceEqual(column)) return true;
        }

        return false;
    }

    private Finding Wrong(string code, Tape tape, int node, string path) =>
        Finding.Error(code, SourcePosition.WholeFile(_options.File), path, ("found", tape.Kind(node) switch { NodeKind.Object => "{…}", NodeKind.Array => "[…]", _ => Snippet.Quote(tape.Utf8(node)) }));

    private static byte[][] Names(Tape tape, int row)
    {
        var names = new List<byte[]>();
        for (var at = tape.FirstChild(row); at < tape.Next(row); at = tape.Next(at)) names.Add(tape.Utf8(at).ToArray());
        return [.. names];
    }

    private void Put(byte one)
    {
        _text.GetSpan(1)[0] = one;
        _text.Advance(1);
    }
}
