using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mappings.Formats.Encodings;

/// <summary>Counts in valid text.</summary>
internal static class Characters
{
    /// <summary>Code points: the bytes that do not continue one.</summary>
    public static int Count(ReadOnlySpan<byte> utf8)
    {
        ref var text = ref MemoryMarshal.GetReference(utf8);
        var count = 0;
        var at = 0;
        for (; at <= utf8.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            // As signed bytes, 80 to BF are the smallest 64.
            var begins = Vector128.GreaterThan(Vector128.LoadUnsafe(ref text, (nuint)at).AsSByte(), Vector128.Create((sbyte)-65));
            count += System.Numerics.BitOperations.PopCount(begins.ExtractMostSignificantBits());
        }

        for (; at < utf8.Length; at++) count += (sbyte)utf8[at] > -65 ? 1 : 0;
        return count;
    }

    public static int LineBreaks(ReadOnlySpan<byte> utf8) => utf8.Count((byte)'\n');

    /// <summary>Line ends of any kind: CRLF, LF and CR count one each.</summary>
    public static int LineBreaks(ReadOnlySpan<char> text)
    {
        ref var first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var count = 0;
        var at = 0;
        for (; at < text.Length - Vector256<ushort>.Count; at += Vector256<ushort>.Count)
        {
            var here = Vector256.LoadUnsafe(ref first, (nuint)at);
            var next = Vector256.LoadUnsafe(ref first, (nuint)at + 1);
            var lineFeed = Vector256.Equals(here, Vector256.Create((ushort)'\n'));
            var loneReturn = Vector256.AndNot(Vector256.Equals(here, Vector256.Create((ushort)'\r')), Vector256.Equals(next, Vector256.Create((ushort)'\n')));
            count += System.Numerics.BitOperations.PopCount((lineFeed | loneReturn).ExtractMostSignificantBits());
        }

        for (; at < text.Length; at++) count += text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')) ? 1 : 0;
        return count;
    }
}
