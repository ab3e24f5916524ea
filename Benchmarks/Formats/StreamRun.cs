using System.Diagnostics;
using System.Globalization;
using System.Text;
using Mappings.Formats;
using Tests.Formats;

namespace Benchmarks.Formats;

/// <summary>Reads files far larger than memory should ever be, and prints what the process took at most.</summary>
internal static class StreamRun
{
    public static int Run(string size)
    {
        var bytes = long.Parse(size.Replace("GB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) << 30;
        Measure("CSV", bytes, Samples.CsvFile(), "", Samples.Csv);
        Measure("XML in GBK", bytes, Samples.XmlFile(), "</员工列表>", Samples.Xml);
        Measure("fixed GB18030", bytes, Samples.FixedFile(), "", Samples.Fixed);
        return 0;
    }

    private static void Measure(string name, long bytes, (byte[] Head, byte[] Piece) file, string end, FormatOptions options)
    {
        var started = Stopwatch.GetTimestamp();
        using var stream = new RepeatingStream(file.Head, file.Piece, bytes / file.Piece.Length, Encoding.GetEncoding("gbk").GetBytes(end));
        using var reader = FormatReader.Open(stream, options);
        var records = 0L;
        var heap = 0L;
        while (reader.Read() is var status and not RecordStatus.End)
        {
            if (status != RecordStatus.Record) throw new InvalidOperationException(reader.Error!.ToString());
            if (++records % 100_000 == 0) heap = Math.Max(heap, GC.GetTotalMemory(forceFullCollection: false));
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Rounds.Print($"{name,-14} {stream.Length / 1e9:F2} GB  {records:N0} records  {stream.Length / 1e6 / seconds:F0} MB/s  peak heap {heap / 1e6:F1} MB  peak process {process.PeakWorkingSet64 / 1e6:F0} MB");
    }
}
