using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Mappings.Formats.Encodings;

/// <summary>
/// Decodes text of plain ASCII and pairs of bytes by a table, which is made once from the decoder of .NET: the same
/// characters in half the time. Anything else in a block leaves all of it to that decoder.
/// </summary>
internal sealed class PairDecoder
{
    private const int Leads = 128;
    private const int Trails = 256;
    private static readonly ConcurrentDictionary<int, PairDecoder> Made = new();

    /// <summary>The character of each pair, by its lead byte less 80 and its trail byte; 0 where there is none.</summary>
    private readonly char[] _pairs = new char[Leads * Trails];

    private PairDecoder(Encoding lenient, Func<char, bool> isText)
    {
        Span<char> units = stackalloc char[8];
        Span<byte> pair = stackalloc byte[2];
        for (var lead = 0x81; lead < 0xFF; lead++)
        {
            for (var trail = 0x40; trail < 0xFF; trail++)
            {
                (pair[0], pair[1]) = ((byte)lead, (byte)trail);
                if (lenient.GetChars(pair, units) == 1 && isText(units[0])) _pairs[((lead - 0x80) * Trails) + trail] = units[0];
            }
        }
    }

    /// <param name="lenient">Gives U+FFFD for what is no text; the same encoding for equal code pages.</param>
    /// <param name="isText">False for what the decoder makes of bytes that the encoding does not define.</param>
    public static PairDecoder For(Encoding lenient, Func<char, bool> isText) => Made.GetOrAdd(lenient.CodePage, _ => new PairDecoder(lenient, isText));

    /// <param name="units">At least as long as the bytes.</param>
    /// <returns>How many characters; -1 when something is neither ASCII nor a pair in the table.</returns>
    public int Decode(ReadOnlySpan<byte> bytes, Span<char> units)
    {
        var pairs = _pairs;
        units = units[..bytes.Length];
        var count = 0;
        var at = 0;
        while (at < bytes.Length)
        {
            if (bytes[at] < 0x80)
            {
                var plain = Widen(bytes[at..], units[count..]);
                at += plain;
                count += plain;
                continue;
            }

            if (at + 1 == bytes.Length) return -1;
            var character = pairs[((bytes[at] - 0x80) * Trails) + bytes[at + 1]];
            if (character == 0) return -1;
            units[count++] = character;
            at += 2;
        }

        return count;
    }

    /// <summary>Takes up to eight bytes of ASCII; the first one is.</summary>
    private static int Widen(ReadOnlySpan<byte> bytes, Span<char> units)
    {
        if (bytes.Length < 8)
        {
            units[0] = (char)bytes[0];
            return 1;
        }

        var eight = MemoryMarshal.Read<ulong>(bytes);
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(eight).AsByte()).CopyTo(MemoryMarshal.Cast<char, ushort>(units));
        // On a machine that keeps the highest byte first, the count begins at the other end.
        var others = eight & 0x8080808080808080;
        return (BitConverter.IsLittleEndian ? BitOperations.TrailingZeroCount(others) : BitOperations.LeadingZeroCount(others)) / 8;
    }
}
