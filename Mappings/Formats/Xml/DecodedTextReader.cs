using Mappings.Diagnostics;
using Mappings.Formats.Encodings;

namespace Mappings.Formats.Xml;

/// <summary>
/// Gives strictly decoded text to the XML parser and keeps it until told that it is done with, so that the text of an
/// element can be cut out by the parser's line numbers. Lines end as XML says: CRLF, LF or CR. Lines are looked for only
/// when a place is asked for, and never again before it.
/// </summary>
internal sealed class DecodedTextReader(DecodedInput input, ReaderOptions options) : TextReader
{
    private const int BlockCharacters = 8192;
    private const int StepCharacters = 2048;

    private char[] _kept = new char[4 * BlockCharacters];
    private int _used;
    private int _given;

    /// <summary>What stands before is not asked for any more.</summary>
    private (int Line, int Column) _needed = (1, 1);

    /// <summary>The last line that was found, and where in the kept text it begins; below zero when its beginning is gone.</summary>
    private (int Number, int Start) _line = (1, 0);

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

    /// <summary>What stands before a place is not asked for any more; places only go forward.</summary>
    public void Forget(int line, int column) => _needed = (line, column);

    /// <summary>The text from one place to behind the tag that stands, or begins, at another.</summary>
    public ReadOnlySpan<char> Slice((int Line, int Column) from, (int Line, int Column) to)
    {
        var start = Find(from);
        var at = Find(to);
        var quote = '\0';
        for (; at < _used && (quote != '\0' || _kept[at] != '>'); at++)
        {
            if (quote == '\0' && _kept[at] is '"' or '\'') quote = _kept[at];
            else if (_kept[at] == quote) quote = '\0';
        }

        return _kept.AsSpan(start, Math.Min(at + 1, _used) - start);
    }

    private int Find((int Line, int Column) place)
    {
        for (var at = Math.Max(0, _line.Start); _line.Number < place.Line;)
        {
            var step = Step(at);
            if (step.IsEmpty) break;
            var breaks = Characters.LineBreaks(step);
            if (_line.Number + breaks < place.Line)
            {
                at += step.Length;
                if (breaks > 0) _line = (_line.Number + breaks, at - step.Length + step.LastIndexOfAny('\r', '\n') + 1);
                continue;
            }

            at += step.IndexOfAny('\r', '\n') + 1;
            if (_kept[at - 1] == '\r' && at < _used && _kept[at] == '\n') at++;
            _line = (_line.Number + 1, at);
        }

        return Math.Clamp(_line.Start + place.Column - 1, 0, _used);
    }

    /// <summary>Some text in which no CRLF is cut at the end.</summary>
    private ReadOnlySpan<char> Step(int at)
    {
        var step = _kept.AsSpan(at, Math.Min(StepCharacters, _used - at));
        return step.Length > 1 && step[^1] == '\r' ? step[..^1] : step;
    }

    private bool More()
    {
        if (Fault is not null) return false;
        if (_used > options.MaxDocumentBytes || _kept.Length - _used < BlockCharacters) MakeRoom();
        var read = Fault is null ? input.ReadChars(_kept.AsSpan(_used, BlockCharacters)) : 0;
        if (read == 0)
        {
            Fault ??= input.Fault;
            return false;
        }

        _used += read;
        return true;
    }

    private void MakeRoom()
    {
        // The parser may not have come to the place that is needed yet when it runs ahead with its own buffer.
        var dropped = Math.Min(Find(_needed), _given);
        _kept.AsSpan(dropped, _used - dropped).CopyTo(_kept);
        _used -= dropped;
        _given -= dropped;
        _line.Start -= dropped;
        if (_used > options.MaxDocumentBytes) Fault = Limits.DocumentBytes(options, input.At);
        else if (_kept.Length - _used < BlockCharacters) Array.Resize(ref _kept, _kept.Length * 2);
    }
}
