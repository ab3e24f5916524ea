using System.Runtime.CompilerServices;
using Mappings.Documents;

namespace Mappings.Formats.Json;

internal ref partial struct JsonScanner
{
    /// <summary>Most numbers are a few plain digits: they are done here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Number(ref byte text, ref int at, int length)
    {
        var end = at;
        while (end < length && (uint)(Unsafe.Add(ref text, end) - '0') <= 9) end++;
        var isPlain = end < length && end > at && end - at < _plainDigits && (end == at + 1 || Unsafe.Add(ref text, at) != '0') && Unsafe.Add(ref text, end) is (byte)',' or (byte)'}' or (byte)']';
        if (isPlain)
        {
            Add(NodeKind.Number, 0, at, end - at);
            at = end;
            return true;
        }

        _at = at;
        if (!Number(at)) return false;
        at = _at;
        return true;
    }

    private bool Number(int start)
    {
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
        Add(NodeKind.Number, 0, start, at - start);
        return true;
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

    /// <summary>0 behind the end; a zero byte is no JSON either.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte ByteAt(int at) => (uint)at < (uint)_text.Length ? _text[at] : (byte)0;
}
