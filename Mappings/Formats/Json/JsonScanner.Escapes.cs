using System.Buffers.Text;
using System.Text;
using Mappings.Documents;

namespace Mappings.Formats.Json;

internal ref partial struct JsonScanner
{
    /// <summary>A text with a backslash: unescaped into the side buffer. Unescaping never makes a text longer.</summary>
    private bool Escaped(NodeKind kind, int start, int backslash)
    {
        var last = CloseAfter(backslash);
        if (last < 0) return false;
        var kept = _builder.OpenSide(last - start, start - 1);
        var side = _tape.Side.AsSpan(kept);
        var at = start;
        var written = 0;
        while (at < last)
        {
            var stop = FindEnd(at);
            _text[at..stop].CopyTo(side[written..]);
            written += stop - at;
            at = stop;
            if (at == last) break;
            if (!Unescape(ref at, side, ref written)) return false;
        }

        _tape.SideUsed = kept + written;
        _at = last + 1;
        Add(kind, Tape.InSideFlag, kept, written);
        return true;
    }

    /// <summary>The closing quote of the text whose first backslash is given; -1 when the text is broken.</summary>
    private int CloseAfter(int backslash)
    {
        var at = backslash;
        while ((uint)at < (uint)_text.Length)
        {
            var found = _text[at];
            if (found == '"') return at;
            if (found != '\\')
            {
                Fail(JsonFaultKind.Control, at);
                return -1;
            }

            at = at + 2 < _text.Length ? FindEnd(at + 2) : _text.Length;
        }

        Fail(JsonFaultKind.Unterminated, _text.Length, _at);
        return -1;
    }

    private bool Unescape(ref int at, Span<byte> side, ref int written)
    {
        var plain = _text[at + 1] switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'/' => (byte)'/',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            _ => (byte)0,
        };
        if (plain != 0)
        {
            side[written++] = plain;
            at += 2;
            return true;
        }

        if (!TryUnit(at, out var unit)) return Fail(JsonFaultKind.Escape, at);
        var length = 6;
        var rune = new Rune('\0');
        if (!char.IsSurrogate(unit)) rune = new Rune(unit);
        else if (char.IsHighSurrogate(unit) && TryUnit(at + 6, out var low) && Rune.TryCreate(unit, low, out rune)) length = 12;
        else return Fail(JsonFaultKind.Surrogate, at);
        written += rune.EncodeToUtf8(side[written..]);
        at += length;
        return true;
    }

    /// <summary>The UTF-16 unit of <c>\uXXXX</c> at an offset.</summary>
    private readonly bool TryUnit(int at, out char unit)
    {
        unit = '\0';
        if (at + 6 > _text.Length || _text[at] != '\\' || _text[at + 1] != 'u') return false;
        // The parser alone would take fewer digits.
        if (!Utf8Parser.TryParse(_text.Slice(at + 2, 4), out ushort value, out var consumed, 'x') || consumed != 4) return false;
        unit = (char)value;
        return true;
    }
}
