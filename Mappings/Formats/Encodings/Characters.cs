using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mappings.Formats.Encodings;

/// <summary>Counts in valid UTF-8.</summary>
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
}
