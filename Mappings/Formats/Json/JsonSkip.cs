using System.Buffers;

namespace Mappings.Formats.Json;

/// <summary>Finds the end of a JSON value by its brackets and quotes alone, to get past a record that is wrong inside.</summary>
internal static class JsonSkip
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[],"u8);

    /// <summary>The length of the value at the start of the text; -1 when its end is not in the text.</summary>
    public static int ValueLength(ReadOnlySpan<byte> text)
    {
        var depth = 0;
        var at = 0;
        while (text[at..].IndexOfAny(Marks) is var next && next >= 0)
        {
            at += next + 1;
            switch (text[at - 1])
            {
                case (byte)'"':
                    at = AfterQuote(text, at);
                    if (at < 0) return -1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    if (depth == 0) return at - 1;
                    if (--depth == 0) return at;
                    break;
                default:
                    if (depth == 0) return at - 1;
                    break;
            }
        }

        return -1;
    }

    private static int AfterQuote(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at..].IndexOfAny((byte)'"', (byte)'\\') is var next && next >= 0)
        {
            at += next + 1;
            if (text[at - 1] == '"') return at;
            at++;
        }

        return -1;
    }
}
