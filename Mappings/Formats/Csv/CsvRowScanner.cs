using System.Buffers;

namespace Mappings.Formats.Csv;

/// <summary>
/// Finds the fields of one row: RFC 4180 quoting, rows ending in CRLF, LF or CR. A quote has a meaning only where a field
/// begins; anywhere else outside quotes it is a fault.
/// </summary>
internal sealed class CsvRowScanner
{
    private readonly byte _delimiter;
    private readonly int _maxFields;
    private readonly int _maxField;
    private readonly SearchValues<byte> _stops;
    private CsvField[] _fields = new CsvField[32];

    public CsvRowScanner(char delimiter, ReaderOptions options)
    {
        _delimiter = FormatOptions.RequireDelimiter(delimiter);
        _maxFields = Math.Max(1, options.MaxNodes / 2);
        _maxField = options.MaxFieldBytes;
        _stops = SearchValues.Create([_delimiter, (byte)'"', (byte)'\r', (byte)'\n']);
    }

    public ReadOnlySpan<CsvField> Fields => _fields.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Length of the row with its line end; of a faulty row, up to where the fault is.</summary>
    public int Length { get; private set; }

    /// <summary>Where the fault is: the stray byte, or the quote that opens the field.</summary>
    public int FaultAt { get; private set; }

    /// <param name="text">Begins at the row.</param>
    /// <param name="ended">True when no text follows.</param>
    public CsvFault Scan(ReadOnlySpan<byte> text, bool ended)
    {
        Count = 0;
        var at = 0;
        while (true)
        {
            var start = at;
            var fault = at < text.Length && text[at] == '"' ? Quoted(text, ended, ref at) : Plain(text, ended, ref at);
            if (fault is CsvFault.NeedMore or CsvFault.Unterminated && text.Length - start > _maxField) (fault, FaultAt) = (CsvFault.LongField, start);
            else if (fault == CsvFault.None && at - start > _maxField) (fault, FaultAt) = (CsvFault.LongField, start);
            if (fault != CsvFault.None)
            {
                Length = Math.Min(text.Length, Math.Max(at, FaultAt));
                return fault;
            }

            if (at < text.Length && text[at] == _delimiter) at++;
            else return EndRow(text, ended, at);
        }
    }

    private CsvFault EndRow(ReadOnlySpan<byte> text, bool ended, int at)
    {
        if (at < text.Length && text[at] == '\r')
        {
            if (at + 1 == text.Length && !ended) return CsvFault.NeedMore;
            if (at + 1 < text.Length && text[at + 1] == '\n') at++;
        }

        Length = Math.Min(text.Length, at + 1);
        return CsvFault.None;
    }

    private CsvFault Plain(ReadOnlySpan<byte> text, bool ended, ref int at)
    {
        var rest = text[at..];
        var length = rest.IndexOfAny(_stops);
        if (length < 0)
        {
            if (!ended) return CsvFault.NeedMore;
            length = rest.Length;
        }
        else if (rest[length] == '"')
        {
            FaultAt = at + length;
            return CsvFault.BareQuote;
        }

        if (!Add(new CsvField(at, length, false, false))) return TooMany(at);
        at += length;
        return CsvFault.None;
    }

    private CsvFault Quoted(ReadOnlySpan<byte> text, bool ended, ref int at)
    {
        var open = at;
        var doubled = false;
        var end = open + 1;
        while (true)
        {
            var quote = text[end..].IndexOf((byte)'"');
            if (quote < 0 || (end + quote + 1 == text.Length && !ended))
            {
                FaultAt = open;
                return quote < 0 && ended ? CsvFault.Unterminated : CsvFault.NeedMore;
            }

            end += quote;
            if (end + 1 == text.Length || text[end + 1] != '"') break;
            doubled = true;
            end += 2;
        }

        if (!Add(new CsvField(open + 1, end - open - 1, true, doubled))) return TooMany(open);
        at = end + 1;
        if (at == text.Length || text[at] == _delimiter || text[at] is (byte)'\r' or (byte)'\n') return CsvFault.None;
        FaultAt = at;
        return CsvFault.TextAfterQuote;
    }

    private CsvFault TooMany(int at)
    {
        FaultAt = at;
        return CsvFault.ManyFields;
    }

    private bool Add(CsvField field)
    {
        if (Count == _fields.Length)
        {
            if (Count >= _maxFields) return false;
            Array.Resize(ref _fields, _fields.Length * 2);
        }

        _fields[Count++] = field;
        return true;
    }
}
