using System.Text;
using Mappings.Formats;

namespace Tests.Formats;

/// <summary>Files of 64 MB that are made while they are read: what stays in memory is the largest record, not the file.</summary>
[Collection(MemoryCollection.Name)]
public class LargeFileTests
{
    private const long Size = 64L << 20;
    private const long Held = 4L << 20;

    [Theory]
    [InlineData("csv")]
    [InlineData("xml")]
    [InlineData("fixed")]
    [InlineData("edifact")]
    public void Reader_OfALargeFile_HoldsLittle(string format)
    {
        var (options, head, piece) = File(format);
        var times = (int)(Size / piece.Length);
        using var reader = FormatReader.Open(new RepeatingStream(head, piece, times), options);
        for (var i = 0; i < 200; i++) Assert.Equal(RecordStatus.Record, reader.Read());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var status = reader.Read();
        for (var i = 0; status == RecordStatus.Record; i++, status = reader.Read())
        {
            if (i % 100_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        // XML and EDI are not closed at their end here, which only says that all was read.
        Assert.True(status == (format is "xml" or "edifact" ? RecordStatus.Broken : RecordStatus.End), reader.Error?.ToString());
        Assert.True(reader.Index + 1 >= times, $"{reader.Index} records of {times}");
        Assert.True(most < Held, $"{most:N0} bytes stayed in memory");
    }

    private static (FormatOptions Options, byte[] Head, byte[] Piece) File(string format)
    {
        var gbk = Reading.Named("gbk");
        var bytes = Encoding.GetEncoding("gbk");
        switch (format)
        {
            case "csv":
                return (new FormatOptions { Format = MessageFormat.Csv, Encoding = gbk }, "code,name,city\r\n"u8.ToArray(), bytes.GetBytes("C000001,\"张伟, 女士\",上海\r\n"));
            case "xml":
                return (new FormatOptions { Format = MessageFormat.Xml, Encoding = gbk, Record = "/l/r" }, "<l>"u8.ToArray(), bytes.GetBytes("\r\n<r 编号=\"1\"><姓名>张伟</姓名><城市>上海</城市></r>"));
            case "fixed":
                var layout = EdiExamples.Options(MessageFormat.Fixed, "layout: l\nline: { length: 40 }\nrecords:\n  order:\n    fields: { a: { at: 1, length: 20 }, b: { at: 21, length: 20, type: integer } }\n");
                return (layout with { Encoding = gbk }, [], bytes.GetBytes("张伟                00000000000000000042\n"));
            default:
                var orders = EdiExamples.Orders.ReplaceLineEndings("\n");
                var start = orders.IndexOf("UNH", StringComparison.Ordinal);
                return (EdiExamples.Edifact, Encoding.UTF8.GetBytes(orders[..start]), Encoding.UTF8.GetBytes(orders[start..orders.IndexOf("UNZ", StringComparison.Ordinal)]));
        }
    }
}
