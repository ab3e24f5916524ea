using Mappings.Diagnostics;
using Mappings.Formats.Encodings;

namespace Mappings.Formats.Xml;

/// <summary>
/// Gives strictly decoded text to the XML parser and keeps it until told that it is done with, so that the text of an
/// element can be cut out by the parser's line numbers. Lines end as XML says: CRLF, LF or CR.
/// </summary>
internal sealed class DecodedTextReader(DecodedInput input, ReaderOptions options) : TextReader
{
    private const int BlockCharacters = 8192;

    /// <summary>Where each line begins, in characters of the whole text; the first entry is line <see cref="_firstLine"/>.</summary>
    private readonly List<long> _lines = [0];
    private char[] _kept = new char[2 * BlockCharacters];
    private long _firstLine = 1;
    private long _keptFrom;
    private long _neededFrom;
    private int _used;
    private int _given;
    private bool _afterReturn;

    /// <summary>Why the text ends early. The parser sees a plain end of text then, and complains in its own way.</summary>
    public Finding? Fault { get; private set; }

    /// <summary>As much as was asked for: what the parser says of a broken end depends on how its text came in.</summary>
    public override int Read(char[] buffer, int index, int count)
    {
        var read = 0;
        while (read < count && (_given < _used || More()))
        {
            var length = Math.Min(count - read, _used - _given);
            _kept.AsSpan(_given, length).CopyTo(buffer.AsSpan(index + read));
            _given += length;
            read += length;
        }

        return read;
    }

    public override int Read() => _given == _used && !More() ? -1 : _kept[_given++];

    public override int Peek() => _given == _used && !More() ? -1 : _kept[_given];

    /// <summary>What stands before a place is not asked for any more.</summary>
    public void Forget(int line, int column)
    {
        _neededFrom = Find(line, column);
        var dropped = (int)(_neededFrom - _keptFrom);
        // Moving a few characters at a time would cost more than the memory is worth.
        if (dropped < _kept.Length / 2) return;
        _kept.AsSpan(dropped, _used - dropped).CopyTo(_kept);
        _used -= dropped;
        _given -= dropped;
        _keptFrom = _neededFrom;
        _lines.RemoveRange(0, (int)(line - _firstLine));
        _firstLine = line;
    }

    /// <summary>The text from one place to behind the tag that stands, or begins, at another.</summary>
    public ReadOnlySpan<char> Slice((int Line, int Column) from, (int Line, int Column) to)
    {
        var start = (int)(Find(from.Line, from.Column) - _keptFrom);
        var at = (int)(Find(to.Line, to.Column) - _keptFrom);
        var quote = '\0';
        for (; at < _used && (quote != '\0' || _kept[at] != '>'); at++)
        {
            if (quote == '\0' && _kept[at] is '"' or '\'') quote = _kept[at];
            else if (_kept[at] == quote) quote = '\0';
        }

        return _kept.AsSpan(start, Math.Min(at + 1, _used) - start);
    }

    private long Find(int line, int column) => _lines[(int)(line - _firstLine)] + column - 1;

    private bool More()
    {
        if (Fault is not null) return false;
        if (_keptFrom + _used - _neededFrom > options.MaxDocumentBytes)
        {
            Fault = Limits.DocumentBytes(options, input.At);
            return false;
        }

        if (_kept.Length - _used < BlockCharacters) Array.Resize(ref _kept, Math.Max(_kept.Length * 2, _used + BlockCharacters));
        var read = input.ReadChars(_kept.AsSpan(_used, BlockCharacters));
        if (read == 0)
        {
            Fault = input.Fault;
            return false;
        }

        CountLines(_kept.AsSpan(_used, read));
        _used += read;
        return true;
    }

    private void CountLines(ReadOnlySpan<char> text)
    {
        var at = 0;
        if (_afterReturn && text[0] != '\n') NewLine(0);
        _afterReturn = false;
        while (text[at..].IndexOfAny('\r', '\n') is var next && next >= 0)
        {
            at += next + 1;
            if (text[at - 1] == '\r')
            {
                _afterReturn = at == text.Length;
                if (_afterReturn) return;
                if (text[at] == '\n') at++;
            }

            NewLine(at);
        }
    }

    private void NewLine(int at) => _lines.Add(_keptFrom + _used + at);
}
