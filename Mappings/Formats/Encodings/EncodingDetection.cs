using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Mappings.Formats.Encodings;

/// <summary>
/// Finds out the encoding of a file for <c>encoding: auto</c>. Nothing is guessed by how often bytes occur: marks, an XML
/// declaration and strict validity are facts; what is neither UTF-8 nor marked is read as GB18030, which whoever writes
/// <c>auto</c> asks for.
/// </summary>
internal static partial class EncodingDetection
{
    /// <summary>So much of a stream is looked at. Where that is ASCII alone, the file is read as UTF-8; bytes that are not are an error then.</summary>
    public const int ProbeBytes = 1 << 20;

    private const int DeclarationBytes = 256;

    /// <param name="isWhole">True when the bytes are the whole file, so that no character at their end is cut.</param>
    public static TextEncoding Detect(ReadOnlySpan<byte> bytes, bool isWhole, bool isXml)
    {
        var found = Marked(bytes) ?? (isXml ? Declared(bytes) : null) ?? (IsUtf8(bytes, isWhole) ? TextEncodings.Utf8 : TextEncodings.Gb18030);
        return found.AsDetected();
    }

    /// <summary>Reads the beginning of a stream to look at it.</summary>
    /// <returns>The encoding, and a stream that begins where the given one did.</returns>
    public static (TextEncoding Encoding, Stream Whole) Detect(Stream stream, bool isXml)
    {
        var probe = new byte[ProbeBytes];
        var length = stream.ReadAtLeast(probe, ProbeBytes, throwOnEndOfStream: false);
        return (Detect(probe.AsSpan(0, length), length < ProbeBytes, isXml), new ProbedStream(probe.AsMemory(0, length), stream));
    }

    private static TextEncoding? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => TextEncodings.Utf8,
        [0xFF, 0xFE, ..] => TextEncodings.Utf16,
        [0xFE, 0xFF, ..] => TextEncodings.Utf16BigEndian,
        [0x84, 0x31, 0x95, 0x33, ..] => TextEncodings.Gb18030,
        _ => null,
    };

    private static TextEncoding? Declared(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)]);
        return Declaration().Match(head) is { Success: true } match && TextEncodings.TryGet(match.Groups["name"].Value, out var encoding) && !encoding.IsUtf16 ? encoding : null;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes, bool isWhole) =>
        Utf8.IsValid(isWhole ? bytes : bytes[..TextEncodings.Utf8.CompletePrefix(bytes)]);

    [GeneratedRegex("""^\s*<\?xml\s[^>]*?encoding\s*=\s*["'](?<name>[A-Za-z][A-Za-z0-9._-]*)["']""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();
}
