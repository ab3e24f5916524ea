using Mappings.Formats.Csv;
using Mappings.Formats.Edi;
using Mappings.Formats.Encodings;
using Mappings.Formats.Fixed;
using Mappings.Formats.Json;
using Mappings.Formats.Xml;
using Mappings.Layouts;

namespace Mappings.Formats;

/// <summary>Opens files and bodies for reading record by record.</summary>
public static class FormatReader
{
    /// <param name="stream">Is disposed with the reader.</param>
    public static IRecordReader Open(Stream stream, FormatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Encoding.IsAuto)
        {
            var (encoding, whole) = EncodingDetection.Detect(stream, options.Format == MessageFormat.Xml);
            (stream, options) = (whole, options with { Encoding = encoding });
        }

        return Open(new DecodedInput(stream, options, IsRaw(options)), options);
    }

    /// <param name="bytes">Must stay unchanged as long as the reader is used.</param>
    public static IRecordReader Open(ReadOnlyMemory<byte> bytes, FormatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Encoding.IsAuto) options = options with { Encoding = EncodingDetection.Detect(bytes.Span, isWhole: true, options.Format == MessageFormat.Xml) };
        return Open(new DecodedInput(bytes, options, IsRaw(options)), options);
    }

    private static IRecordReader Open(DecodedInput input, FormatOptions options) => options.Format switch
    {
        MessageFormat.NdJson => new NdJsonReader(options, input),
        MessageFormat.Csv => new CsvRecordReader(options, input),
        MessageFormat.Xml => new XmlRecordReader(options, input),
        MessageFormat.Fixed => new FixedRecordReader(options, input),
        MessageFormat.Edifact or MessageFormat.X12 => new EdiRecordReader(options, input),
        _ => options.Record is null ? new JsonDocumentReader(options, input) : new JsonArrayReader(options, input),
    };

    /// <summary>Fields that are counted in bytes have to be cut before they are decoded.</summary>
    private static bool IsRaw(FormatOptions options) => options is { Format: MessageFormat.Fixed, Layout.Widths: WidthUnit.Bytes };
}
