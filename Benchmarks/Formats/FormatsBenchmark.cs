using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Mappings.Formats;

namespace Benchmarks.Formats;

/// <summary>
/// Readers against what bounds them, interleaved in one process: CSV to JSON against the code a developer would write,
/// XML in GBK against a bare pass of XmlReader over the same bytes, fixed width alone. With <c>--stream 2GB</c>: files
/// that are made on the fly, and the memory they take.
/// </summary>
internal static class FormatsBenchmark
{
    public static int Run(string[] arguments)
    {
        if (arguments is ["--stream", var size, ..]) return StreamRun.Run(size);
        var rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 300;
        var csv = Whole(Samples.CsvFile());
        var xml = Whole(Samples.XmlFile(), "</员工列表>");
        var lines = Whole(Samples.FixedFile());
        var output = new ArrayBufferWriter<byte>(64 << 20);
        var json = new WriterOptions { Format = MessageFormat.NdJson };
        (string Name, byte[] Bytes, Action Pass)[] contestants =
        [
            ("CSV to JSON, hub", csv, () => Read(csv, Samples.Csv, json, output)),
            ("CSV to JSON, StreamReader + Split + Utf8JsonWriter", csv, () => CsvByHand(csv, output)),
            ("CSV, hub reads only", csv, () => Read(csv, Samples.Csv)),
            ("XML in GBK, hub reads", xml, () => Read(xml, Samples.Xml)),
            ("XML in GBK, bare XmlReader", xml, () => XmlPass(xml)),
            ("fixed GB18030, hub reads", lines, () => Read(lines, Samples.Fixed)),
            ("fixed GB18030 to JSON, hub", lines, () => Read(lines, Samples.Fixed, json, output)),
        ];
        var times = contestants.ToDictionary(c => c.Name, _ => new List<double>(), StringComparer.Ordinal);
        // The runtime compiles in steps; the first seconds measure that.
        for (var warm = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(warm) < TimeSpan.FromSeconds(5);)
        {
            foreach (var (_, _, pass) in contestants) pass();
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, bytes, pass) in contestants)
            {
                var started = Stopwatch.GetTimestamp();
                pass();
                times[name].Add(bytes.Length / 1e6 / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }

        foreach (var (name, speeds) in times) Rounds.Print($"{name,-52} best {speeds.Max(),6:F0} MB/s  median {Rounds.Median(speeds),6:F0} MB/s");
        Rounds.Print($"CSV to JSON / by hand    best {Ratio(0, 1, Enumerable.Max):F2} x  median {Ratio(0, 1, Rounds.Median):F2} x");
        Rounds.Print($"XML in GBK / XmlReader   best {Ratio(3, 4, Enumerable.Max):F2} x  median {Ratio(3, 4, Rounds.Median):F2} x");
        return 0;

        double Ratio(int first, int second, Func<IEnumerable<double>, double> of) => of(times[contestants[first].Name]) / of(times[contestants[second].Name]);
    }

    private static byte[] Whole((byte[] Head, byte[] Piece) file, string end = "") => [.. file.Head, .. file.Piece, .. Encoding.GetEncoding("gbk").GetBytes(end)];

    private static void Read(byte[] bytes, FormatOptions options, WriterOptions? to = null, ArrayBufferWriter<byte>? output = null)
    {
        using var reader = FormatReader.Open(bytes, options);
        using var writer = to is null ? null : new FormatWriter(to);
        output?.ResetWrittenCount();
        while (reader.Read() is var status and not RecordStatus.End)
        {
            if (status != RecordStatus.Record) throw new InvalidOperationException(reader.Error!.ToString());
            if (writer is not null && !writer.TryWrite(reader.Tape, 0, output!, out var error)) throw new InvalidOperationException(error.ToString());
        }
    }

    private static void CsvByHand(byte[] bytes, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        using var reader = new StreamReader(new MemoryStream(bytes));
        using var writer = new Utf8JsonWriter(output);
        var names = reader.ReadLine()!.Split(',');
        while (reader.ReadLine() is { } line)
        {
            writer.WriteStartObject();
            var fields = line.Split(',');
            for (var i = 0; i < names.Length; i++) writer.WriteString(names[i], fields[i].AsSpan().Trim('"'));
            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
        }
    }

    private static void XmlPass(byte[] bytes)
    {
        using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true });
        var length = 0;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Text) length += reader.Value.Length;
            else if (reader.NodeType == XmlNodeType.Element)
            {
                while (reader.MoveToNextAttribute()) length += reader.Value.Length;
            }
        }

        if (length == 0) throw new InvalidOperationException("Nothing was read.");
    }
}
