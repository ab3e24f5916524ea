using System.Text;

namespace Mappings.Formats.Encodings;

internal sealed partial class DecodedInput
{
    /// <summary>
    /// Reads on as UTF-16, for a format whose parser takes characters; <see cref="Window"/> stays empty then. Bad bytes
    /// are in <see cref="Fault"/> as soon as what stands before them is given out.
    /// </summary>
    /// <returns>How many characters; 0 when there are no more.</returns>
    public int ReadChars(Span<char> target)
    {
        while (Fault is null)
        {
            // No encoding gives more characters than bytes.
            var fresh = _bytes.AsSpan(_decoded, Math.Min(_end - _decoded, target.Length));
            var isLast = _ended && _decoded + fresh.Length == _end;
            if (!isLast) fresh = fresh.IsEmpty ? fresh : fresh[.._encoding.CompletePrefix(fresh)];
            if (fresh.IsEmpty)
            {
                if (_ended && _decoded == _end) return 0;
                _ended = Read();
                continue;
            }

            var count = Decode(fresh, target);
            if (_atStart && count > 0)
            {
                _atStart = false;
                if (target[0] == '\uFEFF') target[1..count--].CopyTo(target);
            }

            if (count > 0) return count;
        }

        return 0;
    }

    private int Decode(ReadOnlySpan<byte> fresh, Span<char> target)
    {
        if (_replaces) return DecodeReplacing(fresh, target);
        var count = _encoding.DecodeChars(fresh, target, out var bad);
        var good = bad < 0 ? fresh : fresh[..bad];
        _onlyAscii = _onlyAscii && (!_encoding.IsUtf8 || Ascii.IsValid(good));
        Step(target[..count]);
        _decoded += good.Length;
        Offset += good.Length;
        _start = _decoded;
        if (bad >= 0 && _encoding.IsUtf8) Fault = NotUtf8(At);
        else if (bad >= 0) Fault = BadBytes.Bad(_encoding.Display, _bytes.AsSpan(_first, _end - _first), _decoded - _first, Offset, At);
        return count;
    }

    private int DecodeReplacing(ReadOnlySpan<byte> fresh, Span<char> target)
    {
        var count = _encoding.DecodeReplacing(fresh, target, out var replaced, out var first);
        Step(target[..Math.Max(0, first)]);
        Replaced.Add(replaced, () => At);
        Step(target[Math.Max(0, first)..count]);
        _decoded += fresh.Length;
        Offset += fresh.Length;
        _start = _decoded;
        return count;
    }

    private void Step(ReadOnlySpan<char> text)
    {
        if (_atStart && text.StartsWith("\uFEFF")) text = text[1..];
        var lastBreak = text.LastIndexOf('\n');
        if (lastBreak >= 0) (Line, Column) = (Line + text.Count('\n'), 1);
        foreach (var unit in text[(lastBreak + 1)..]) Column += char.IsLowSurrogate(unit) ? 0 : 1;
    }
}
