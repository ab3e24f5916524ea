using System.Buffers;
using System.Text;

namespace Mappings.Formats.Encodings;

public sealed partial class TextEncoding
{
    private const int BlockBytes = 16 * 1024;

    private PairDecoder? _pairs;

    private bool IsLegacyDoubleByte => _kind is TextEncodingKind.Gbk or TextEncodingKind.Big5 or TextEncodingKind.ShiftJis;

    /// <summary>Made when text is first decoded; null where characters are not pairs of bytes.</summary>
    private PairDecoder? Pairs => _pairs ??= IsLegacyDoubleByte || _kind == TextEncodingKind.Gb18030 ? PairDecoder.For(_lenient, IsPair) : null;

    /// <summary>Decodes into UTF-8. What stands before the first bad byte is written even when there is one.</summary>
    /// <param name="bytes">Begins at a character.</param>
    /// <returns>The offset of the first bad byte, or -1.</returns>
    internal int Decode(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        var units = ArrayPool<char>.Shared.Rent(BlockBytes);
        try
        {
            var at = 0;
            while (at < bytes.Length)
            {
                var rest = bytes[at..];
                var block = rest.Length <= BlockBytes ? rest : rest[..CompletePrefix(rest[..BlockBytes])];
                var count = DecodeBlock(block, units);
                var bad = count < 0 ? FirstBad(block) : -1;
                if (bad >= 0) count = _strict.GetChars(block[..bad], units);
                WriteUtf8(units.AsSpan(0, count), output);
                if (bad >= 0) return at + bad;
                at += block.Length;
            }

            return -1;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(units);
        }
    }

    /// <summary>Decodes into UTF-16.</summary>
    /// <param name="bytes">Whole characters, a block at most.</param>
    /// <param name="bad">The offset of the first bad byte, or -1.</param>
    /// <returns>How many characters stand before the bad byte.</returns>
    internal int DecodeChars(ReadOnlySpan<byte> bytes, Span<char> units, out int bad)
    {
        bad = -1;
        var count = DecodeBlock(bytes, units);
        if (count >= 0) return count;
        bad = IsUtf8 ? BadBytes.FirstBadUtf8(bytes) : FirstBad(bytes);
        return _strict.GetChars(bytes[..bad], units);
    }

    /// <summary>Decodes into UTF-16 with U+FFFD for every sequence that is no text.</summary>
    /// <param name="bytes">A block at most; a character that is cut at its end is none.</param>
    /// <param name="replaced">How many sequences.</param>
    /// <param name="first">The index in <paramref name="units"/> of the first U+FFFD; -1 when there is none.</param>
    internal int DecodeReplacing(ReadOnlySpan<byte> bytes, Span<char> units, out int replaced, out int first)
    {
        (replaced, first) = (0, -1);
        var count = DecodeBlock(bytes, units);
        if (count >= 0) return count;
        count = 0;
        for (var at = 0; at < bytes.Length;)
        {
            var sequence = bytes.Slice(at, Math.Min(SequenceLength(bytes[at..]), bytes.Length - at));
            var length = _lenient.GetChars(sequence, units[count..]);
            var isText = sequence.Length == SequenceLength(bytes[at..]) && !IsHole(sequence, units.Slice(count, length)) && (!units.Slice(count, length).Contains('\uFFFD') || IsReplacement(sequence));
            if (!isText)
            {
                if (replaced++ == 0) first = count;
                units[count] = '\uFFFD';
                length = 1;
            }

            count += length;
            at += sequence.Length;
        }

        return count;
    }

    /// <summary>How many bytes at the start surely end with a whole character. Only a block without any plain ASCII has to be walked.</summary>
    internal int CompletePrefix(ReadOnlySpan<byte> bytes)
    {
        if (_kind == TextEncodingKind.SingleByte) return bytes.Length;
        if (IsUtf8 || IsUtf16)
        {
            var complete = bytes.Length;
            if (IsUtf16) complete &= ~1;
            var start = IsUtf8 ? LastUtf8Start(bytes) : Math.Max(0, complete - 2);
            return start + SequenceLength(bytes[start..]) > complete ? start : complete;
        }

        // Below 30 no byte is ever the second or fourth of a character, in any of the encodings left.
        var at = bytes.LastIndexOfAnyInRange((byte)0, (byte)0x2F) + 1;
        while (at < bytes.Length && at + SequenceLength(bytes[at..]) is var next && next <= bytes.Length) at = next;
        return at;
    }

    /// <summary>The number of bytes that a number of characters (code points) take at the start of valid text.</summary>
    internal int ByteLength(ReadOnlySpan<byte> bytes, int characters)
    {
        var at = 0;
        for (; characters > 0; characters--) at += SequenceLength(bytes[at..]);
        return at;
    }

    /// <summary>The number of characters (code points) that some bytes begin, text or not.</summary>
    internal int CountCharacters(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (var at = 0; at < bytes.Length; at += SequenceLength(bytes[at..])) count++;
        return count;
    }

    /// <summary>The offset of the first byte that is not text in this encoding, an unfinished character included; -1 when there is none.</summary>
    internal int FirstBad(ReadOnlySpan<byte> bytes)
    {
        Span<char> units = stackalloc char[4];
        var at = 0;
        while (at < bytes.Length)
        {
            var length = SequenceLength(bytes[at..]);
            if (at + length > bytes.Length || DecodeBlock(bytes.Slice(at, length), units) < 0) return at;
            at += length;
        }

        return -1;
    }

    /// <summary>Decodes whole characters; -1 when one of them is none.</summary>
    private int DecodeBlock(ReadOnlySpan<byte> block, Span<char> units)
    {
        if (Pairs is { } pairs && pairs.Decode(block, units) is var decoded and >= 0) return decoded;
        try
        {
            var count = _strict.GetChars(block, units);
            return IsHole(block, units[..count]) ? -1 : count;
        }
        catch (DecoderFallbackException)
        {
            return -1;
        }
    }

    private bool IsHole(ReadOnlySpan<byte> block, ReadOnlySpan<char> units) =>
        _kind == TextEncodingKind.SingleByte ? units.ContainsAnyInRange('\uE000', '\uF8FF') : IsLegacyDoubleByte && HasHole(block, units);

    private bool IsPair(char character) =>
        character != '\uFFFD' && (!IsLegacyDoubleByte || character is (> '\u009F' and < '\uE000') or > '\uF8FF') && !char.IsSurrogate(character);

    /// <summary>True for the bytes that stand for U+FFFD itself.</summary>
    private bool IsReplacement(ReadOnlySpan<byte> sequence) => FirstBad(sequence) < 0;

    /// <summary>True for what the decoder makes of bytes that the encoding does not define.</summary>
    private bool HasHole(ReadOnlySpan<byte> block, ReadOnlySpan<char> units)
    {
        if (units.IndexOfAnyInRange('\uE000', '\uF8FF') >= 0 || units.IndexOfAnyInRange('\u0080', '\u009F') >= 0) return true;
        if (_kind != TextEncodingKind.Gbk || !units.Contains('€')) return false;
        for (var at = 0; at < block.Length; at += SequenceLength(block[at..]))
        {
            if (block[at] == 0x80) return true;
        }

        return false;
    }

    /// <summary>
    /// Bytes of the character that begins here, by the form of its bytes alone; 1 for a byte that begins none, or is not
    /// followed by what it has to be. A character that the bytes are too few for counts whole.
    /// </summary>
    private int SequenceLength(ReadOnlySpan<byte> bytes)
    {
        var first = bytes[0];
        switch (_kind)
        {
            case TextEncodingKind.Utf8:
                var length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
                for (var i = 1; i < length && i < bytes.Length; i++)
                {
                    if ((bytes[i] & 0xC0) != 0x80) return 1;
                }

                return length;
            case TextEncodingKind.Utf16LittleEndian or TextEncodingKind.Utf16BigEndian:
                var high = _kind == TextEncodingKind.Utf16LittleEndian ? 1 : 0;
                if (bytes.Length < 2 || (bytes[high] & 0xFC) != 0xD8) return 2;
                return bytes.Length < 4 || (bytes[2 + high] & 0xFC) == 0xDC ? 4 : 2;
            case TextEncodingKind.SingleByte:
                return 1;
            case TextEncodingKind.ShiftJis:
                return first is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC) && IsTrail(bytes, 0x40) ? 2 : 1;
            case TextEncodingKind.Gb18030 when bytes.Length > 1 && bytes[1] is >= 0x30 and <= 0x39:
                if (first is <= 0x80 or 0xFF) return 1;
                return (bytes.Length < 3 || bytes[2] is > 0x80 and < 0xFF) && (bytes.Length < 4 || bytes[3] is >= 0x30 and <= 0x39) ? 4 : 1;
            default:
                return first is > 0x80 and < 0xFF && IsTrail(bytes, 0x40) ? 2 : 1;
        }
    }

    private static bool IsTrail(ReadOnlySpan<byte> bytes, byte least) => bytes.Length < 2 || bytes[1] >= least;

    private static int LastUtf8Start(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.Length - 1;
        while (at > 0 && at > bytes.Length - 4 && (bytes[at] & 0xC0) == 0x80) at--;
        return Math.Max(0, at);
    }

    private static void WriteUtf8(ReadOnlySpan<char> units, IBufferWriter<byte> output) => Encoding.UTF8.GetBytes(units, output);
}
