using System.Text;
using Mappings.Formats.Encodings;
using Mappings.Layouts;

namespace Mappings.Formats.Fixed;

/// <summary>
/// A line that fields are cut out of, counting the layout's unit. The text of a field is decoded for itself: where bytes
/// are counted, a field may begin anywhere, also in the middle of what another encoding would call a character.
/// </summary>
internal sealed class FixedLine(LayoutDefinition layout, TextEncoding encoding, bool replaces)
{
    private readonly bool _countsBytes = layout.Widths == WidthUnit.Bytes;
    private readonly System.Buffers.ArrayBufferWriter<byte> _decoded = new(256);
    private ReadOnlyMemory<byte> _bytes;
    private int _length;
    private (int Offset, int Column) _columnOf;
    private (int Places, int Offset) _offsetOf;

    /// <summary>The line without its end: original bytes, or UTF-8 where characters are counted.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Length in the layout's unit.</summary>
    public int Length => _length;

    /// <summary>True when every byte is a character and a place.</summary>
    public bool IsAscii { get; private set; }

    public void Set(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        Replaced = 0;
        _columnOf = (0, 1);
        _offsetOf = (0, 0);
        IsAscii = Ascii.IsValid(bytes.Span);
        _length = _countsBytes || IsAscii ? bytes.Length : Characters.Count(bytes.Span);
    }

    /// <summary>The bytes of some places, as far as the line goes.</summary>
    /// <param name="at">From 1.</param>
    public ReadOnlySpan<byte> Slice(int at, int length)
    {
        var start = Offset(at - 1);
        return Bytes[start..Offset(at - 1 + length)];
    }

    /// <summary>The bytes of a field as UTF-8.</summary>
    /// <param name="bad">Offset in <paramref name="field"/> of the first byte that is no text, or -1.</param>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> field, out int bad)
    {
        bad = -1;
        if (IsAscii || !_countsBytes || Ascii.IsValid(field)) return field;
        if (replaces) return Replace(field);
        if (encoding.IsUtf8)
        {
            if (!System.Text.Unicode.Utf8.IsValid(field)) bad = BadBytes.FirstBadUtf8(field);
            return field;
        }

        _decoded.ResetWrittenCount();
        bad = encoding.Decode(field, _decoded);
        return _decoded.WrittenSpan;
    }

    /// <summary>Sequences of the line that were read as U+FFFD.</summary>
    public int Replaced { get; private set; }

    private ReadOnlySpan<byte> Replace(ReadOnlySpan<byte> field)
    {
        Span<char> units = field.Length <= 256 ? stackalloc char[256] : new char[field.Length];
        var count = encoding.DecodeReplacing(field, units, out var replaced, out _);
        Replaced += replaced;
        _decoded.ResetWrittenCount();
        Encoding.UTF8.GetBytes(units[..count], _decoded);
        return _decoded.WrittenSpan;
    }

    /// <summary>The column, in characters from 1, of a byte of the line. Quick when asked in ascending order.</summary>
    public int Column(int offset)
    {
        if (IsAscii) return offset + 1;
        if (offset < _columnOf.Offset) _columnOf = (0, 1);
        var between = Bytes[_columnOf.Offset..offset];
        var count = !_countsBytes || encoding.IsUtf8 ? Characters.Count(between) : encoding.CountCharacters(between);
        _columnOf = (offset, _columnOf.Column + count);
        return _columnOf.Column;
    }

    /// <summary>Byte offset of a place; the end of the line when the line does not reach so far. Quick when asked in ascending order.</summary>
    /// <param name="places">Places in front of it.</param>
    public int Offset(int places)
    {
        if (_countsBytes || IsAscii) return Math.Min(places, _bytes.Length);
        if (places < _offsetOf.Places) _offsetOf = (0, 0);
        var (before, at) = _offsetOf;
        var bytes = Bytes;
        for (; before < places && at < bytes.Length; before++)
        {
            at++;
            while (at < bytes.Length && (bytes[at] & 0xC0) == 0x80) at++;
        }

        _offsetOf = (before, at);
        return at;
    }
}
