using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Mappings.Formats.Encodings;

/// <summary>Resolves the encoding names an admin may write. Names are compared without regard to case; the name as written is kept.</summary>
public static class TextEncodings
{
    private static readonly Dictionary<string, (TextEncodingKind Kind, string Display, int CodePage)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf-8"] = (TextEncodingKind.Utf8, "UTF-8", 65001),
        ["utf8"] = (TextEncodingKind.Utf8, "UTF-8", 65001),
        ["us-ascii"] = (TextEncodingKind.Utf8, "UTF-8", 65001),
        ["gbk"] = (TextEncodingKind.Gbk, "GBK", 936),
        ["gb2312"] = (TextEncodingKind.Gbk, "GBK", 936),
        ["cp936"] = (TextEncodingKind.Gbk, "GBK", 936),
        ["gb18030"] = (TextEncodingKind.Gb18030, "GB18030", 54936),
        ["utf-16"] = (TextEncodingKind.Utf16LittleEndian, "UTF-16", 1200),
        ["utf-16le"] = (TextEncodingKind.Utf16LittleEndian, "UTF-16", 1200),
        ["utf-16be"] = (TextEncodingKind.Utf16BigEndian, "UTF-16BE", 1201),
        ["big5"] = (TextEncodingKind.Big5, "Big5", 950),
        ["shift_jis"] = (TextEncodingKind.ShiftJis, "Shift_JIS", 932),
    };

    /// <summary>The parts of ISO 8859 that .NET knows; its code pages are 28590 and the number of the part.</summary>
    private static readonly int[] Iso8859 = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15];

    static TextEncodings()
    {
        // Without the provider .NET knows only the Unicode encodings and Latin-1.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var part in Iso8859) Known.Add($"iso-8859-{part}", (TextEncodingKind.SingleByte, $"ISO-8859-{part}", 28590 + part));
        Utf8 = Create("utf-8");
        Utf16 = Create("utf-16");
        Utf16BigEndian = Create("utf-16be");
        Gb18030 = Create("gb18030");
        Gbk = Create("gbk");
    }

    public static TextEncoding Utf8 { get; }

    /// <summary>The names to offer; each has aliases that are understood too.</summary>
    public static IReadOnlyList<string> Names { get; } = ["utf-8", "gbk", "gb18030", "utf-16", "utf-16be", "big5", "shift_jis", .. Iso8859.Select(part => $"iso-8859-{part}")];

    /// <summary>
    /// <c>encoding: auto</c>, for reading only: a byte order mark, else UTF-8 when all that is looked at is strictly
    /// UTF-8, else GB18030. In XML the declaration goes before the last two.
    /// </summary>
    public static TextEncoding Auto { get; } = new(AutoName, AutoName, TextEncodingKind.Auto, Encoding.UTF8);

    internal const string AutoName = "auto";

    internal static TextEncoding Gbk { get; }

    internal static TextEncoding Gb18030 { get; }

    internal static TextEncoding Utf16 { get; }

    internal static TextEncoding Utf16BigEndian { get; }

    /// <returns>False when the hub does not know the name; <see cref="Names"/> has what it knows.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out TextEncoding? encoding)
    {
        encoding = name == AutoName ? Auto : Known.ContainsKey(name) ? Create(name) : null;
        return encoding is not null;
    }

    private static TextEncoding Create(string name)
    {
        var (kind, display, codePage) = Known[name];
        return new TextEncoding(name, display, kind, Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback));
    }
}
