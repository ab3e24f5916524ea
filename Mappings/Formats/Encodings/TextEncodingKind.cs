namespace Mappings.Formats.Encodings;

/// <summary>The encodings the hub reads and writes.</summary>
internal enum TextEncodingKind
{
    Utf8,
    Gbk,
    Gb18030,
    Utf16LittleEndian,
    Utf16BigEndian,
    Big5,
    ShiftJis,

    /// <summary>One byte a character: ISO 8859.</summary>
    SingleByte,

    /// <summary>Not one encoding: found out for each file.</summary>
    Auto,
}
