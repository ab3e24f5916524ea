namespace Mappings.Formats.Json;

internal ref partial struct JsonScanner
{
    private bool Number()
    {
        var start = _at;
        var at = start;
        if (ByteAt(at) == '-') at++;
        var whole = at;
        at = SkipDigits(at);
        if (at == whole || (at > whole + 1 && ByteAt(whole) == '0')) return Fail(JsonFaultKind.Number, start);
        var digits = at - whole;
        var next = ByteAt(at);
        if (next == '.')
        {
            var fraction = ++at;
            at = SkipDigits(at);
            if (at == fraction) return Fail(JsonFaultKind.Number, start);
            digits += at - fraction;
            next = ByteAt(at);
        }

        if (digits > _options.MaxNumberDigits) return Fail(JsonFaultKind.Digits, start);
        if ((next | 0x20) == 'e')
        {
            if (!Exponent(start, ref at)) return false;
            next = ByteAt(at);
        }

        // "1.2.3", "12abc" and "1-2" are one wrong number to a reader, not a number and a missing comma.
        if (next is (byte)'.' or (byte)'-' or (byte)'+' or (byte)'_' || char.IsAsciiLetterOrDigit((char)next)) return Fail(JsonFaultKind.Number, start);
        _at = at;
        return Add((int)Documents.NodeKind.Number, start, at - start);
    }

    private bool Exponent(int start, ref int at)
    {
        at++;
        if (ByteAt(at) is (byte)'+' or (byte)'-') at++;
        var first = at;
        at = SkipDigits(at);
        if (at == first) return Fail(JsonFaultKind.Number, start);
        var value = 0;
        for (var i = first; i < at && value <= _options.MaxExponent; i++) value = (value * 10) + (_text[i] - '0');
        return value <= _options.MaxExponent || Fail(JsonFaultKind.Exponent, start);
    }

    private readonly int SkipDigits(int at)
    {
        while ((uint)at < (uint)_text.Length && (uint)(_text[at] - '0') <= 9) at++;
        return at;
    }

    private readonly byte ByteAt(int at) => (uint)at < (uint)_text.Length ? _text[at] : (byte)0;
}
