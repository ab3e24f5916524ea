using System.Buffers;
using System.Globalization;
using System.Text;
using Mappings.Formats.Encodings;

namespace Mappings.Formats.Xml;

/// <summary>
/// Escapes text and attribute values. A character that the document's encoding lacks is written by its number, which
/// every parser reads back; one that XML 1.0 lacks cannot be written at all.
/// </summary>
internal sealed class XmlTexts(TextEncoding encoding, ArrayBufferWriter<byte> output)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([(byte)'<', (byte)'>', (byte)'&', (byte)'"', 0x7F, .. Enumerable.Range(0, 32).Select(i => (byte)i), .. Enumerable.Range(0x80, 0x80).Select(i => (byte)i)]);

    /// <param name="utf8">Valid UTF-8.</param>
    /// <returns>The code point (U+…) that XML does not have; null when all was written.</returns>
    public string? Write(ReadOnlySpan<byte> utf8, bool inAttribute)
    {
        while (!utf8.IsEmpty)
        {
            var plain = utf8.IndexOfAny(Special);
            output.Write(plain < 0 ? utf8 : utf8[..plain]);
            if (plain < 0) return null;
            Rune.DecodeFromUtf8(utf8[plain..], out var rune, out var length);
            if (!IsXml(rune)) return string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
            if (Reference(rune, inAttribute) is { } reference) Encoding.UTF8.GetBytes(reference, output);
            else output.Write(utf8.Slice(plain, length));
            utf8 = utf8[(plain + length)..];
        }

        return null;
    }

    private string? Reference(Rune rune, bool inAttribute) => rune.Value switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '"' => inAttribute ? "&quot;" : null,
        '\r' => "&#13;",
        '\n' => inAttribute ? "&#10;" : null,
        '\t' => inAttribute ? "&#9;" : null,
        < 0x80 => null,
        _ => encoding.Holds(rune) ? null : string.Create(CultureInfo.InvariantCulture, $"&#x{rune.Value:X};"),
    };

    private static bool IsXml(Rune rune) => rune.Value is >= 0x20 and not (0xFFFE or 0xFFFF) or '\t' or '\n' or '\r';
}
