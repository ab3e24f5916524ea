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
        ["iso-8859-1"] = (TextEncodingKind.Latin1, "ISO-8859-1", 28591),
    };

    static TextEncodings()
    {
        // Without the provider .NET knows only the Unicode encodings and Latin-1.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Utf8 = Create("utf-8");
        Gbk = Create("gbk");
    }

    public static TextEncoding Utf8 { get; }

    /// <summary>The names to offer; each has aliases that are understood too.</summary>
    public static IReadOnlyList<string> Names { get; } = ["utf-8", "gbk", "gb18030", "utf-16", "utf-16be", "big5", "shift_jis", "iso-8859-1"];

    internal static TextEncoding Gbk { get; }

    /// <returns>False when the hub does not know the name; <see cref="Names"/> has what it knows.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out TextEncoding? encoding)
    {
        encoding = Known.ContainsKey(name) ? Create(name) : null;
        return encoding is not null;
    }

    private static TextEncoding Create(string name)
    {
        var (kind, display, codePage) = Known[name];
        return new TextEncoding(name, display, kind, Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback));
    }
}
