using System.Text;
using Mappings.Documents;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Formats.Json;

namespace Tests.Formats;

/// <summary>Reads text the way an endpoint would, and prints what came of it.</summary>
internal static class Reading
{
    public static ReaderOptions File { get; } = new() { File = "in" };

    /// <summary>The document as compact JSON, or the line of its first fault.</summary>
    public static string Json(string text, ReaderOptions? options = null) => Json(Encoding.UTF8.GetBytes(text), options);

    public static string Json(byte[] bytes, ReaderOptions? options = null)
    {
        var builder = new TapeBuilder();
        return JsonTapeReader.TryRead(bytes, builder, options ?? File, out var error)
            ? Encoding.UTF8.GetString(TapeJson.ToArray(builder.Build(), 0))
            : error.ToString();
    }

    public static TextEncoding Named(string name) => TextEncodings.TryGet(name, out var encoding) ? encoding : throw new ArgumentException(name);

    public static string[] Records(FormatOptions options, string text) => Records(options, Encoding.UTF8.GetBytes(text));

    /// <summary>One line a record: its JSON, or the fault; the last line is "end" or the fault that broke the file.</summary>
    public static string[] Records(FormatOptions options, byte[] bytes)
    {
        using var reader = FormatReader.Open(bytes, options);
        return Lines(reader);
    }

    public static string[] Streamed(FormatOptions options, byte[] bytes, int atATime)
    {
        using var reader = FormatReader.Open(new DrippingStream(bytes, atATime), options);
        return Lines(reader);
    }

    private static string[] Lines(IRecordReader reader)
    {
        var lines = new List<string>();
        while (true)
        {
            var status = reader.Read();
            lines.Add(status switch
            {
                RecordStatus.Record => Encoding.UTF8.GetString(TapeJson.ToArray(reader.Tape, 0)),
                RecordStatus.End => "end",
                _ => $"{status}: {reader.Error}",
            });
            if (status is RecordStatus.End or RecordStatus.Broken) return [.. lines];
        }
    }
}
