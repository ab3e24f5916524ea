using System.Buffers;
using System.Text;
using Mappings.Formats;

namespace Tests.Formats;

/// <summary>What is written in a format is read back from it. The seed is fixed, so that a failure comes again.</summary>
public class RoundTripTests
{
    private const int Rounds = 300;
    private static readonly string[] Pieces = ["a", "Ab c", "0", "12", "张", "伟", "é", "\"", "'", "<", ">", "&", ",", ";", "\r\n", "\n", "\t", "=1+1", "]]>", "x  y", "€"];

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("gb18030")]
    public void Csv_Xml_AndNdJson_AreReadBack(string encoding)
    {
        var random = new Random(7);
        var readAs = Reading.Named(encoding);
        for (var round = 0; round < Rounds; round++)
        {
            var records = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Json(("a", Text(random)), ("b", Text(random)), ("c", Text(random)))).ToArray();
            var array = $"[{string.Join(',', records)}]";
            string[] expected = [.. records.Select(r => Reading.Json(r)), "end"];

            Assert.Equal(expected, Back(new WriterOptions { Format = MessageFormat.Csv, Encoding = readAs, FormulaGuard = false }, array, new FormatOptions { Format = MessageFormat.Csv, Encoding = readAs, EmptyAs = EmptyAs.Text }));
            Assert.Equal(expected, Back(new WriterOptions { Format = MessageFormat.Xml, Encoding = readAs, Record = "/l/r" }, array, new FormatOptions { Format = MessageFormat.Xml, Encoding = readAs, Record = "/l/r", EmptyAs = EmptyAs.Text }));
            Assert.Equal([Reading.Json(array), "end"], Back(new WriterOptions { Format = MessageFormat.NdJson, Encoding = readAs }, array, new FormatOptions { Format = MessageFormat.NdJson, Encoding = readAs }));
        }
    }

    [Theory]
    [InlineData("gbk", "bytes")]
    [InlineData("gb18030", "bytes")]
    [InlineData("utf-8", "bytes")]
    [InlineData("utf-8", "chars")]
    [InlineData("utf-16be", "chars")]
    public void Fixed_IsReadBack(string encoding, string widths)
    {
        var random = new Random(11);
        var readAs = Reading.Named(encoding);
        var options = EdiExamples.Options(MessageFormat.Fixed, $$"""
            layout: l
            widths: {{widths}}
            line: { length: 60, end: crlf }
            records:
              order:
                fields:
                  a: { at: 1, length: 20 }
                  b: { at: 21, length: 12, type: decimal, implied: 2, sign: overpunch }
                  c: { at: 35, length: 10, type: decimal }
                  d: { at: 45, length: 10, align: right }
            """) with { Encoding = readAs };
        for (var round = 0; round < Rounds; round++)
        {
            var text = new string([.. Text(random).Where(c => c is (>= ' ' and < '\u007F') or > '\u4E00')]).Trim();
            var amount = random.Next(-9_999_999, 9_999_999) / 100m;
            var json = text.Length == 0
                ? FormattableString.Invariant($"{{\"b\":{amount:0.00},\"c\":{random.Next(-999, 999)}}}")
                : FormattableString.Invariant($"{{\"a\":{System.Text.Json.JsonSerializer.Serialize(text)},\"b\":{amount:0.00},\"c\":{random.Next(-999, 999)}.5,\"d\":\"x\"}}");

            Assert.Equal([Reading.Json(json), "end"], Back(new WriterOptions { Format = MessageFormat.Fixed, Layout = options.Layout, Encoding = readAs }, json, options));
        }
    }

    /// <summary>The element's text is cut out of the file by the parser's line numbers, however lines end.</summary>
    [Fact]
    public void Xml_GivesTheOriginalOfEveryRecord()
    {
        var random = new Random(13);
        string[] ends = ["\n", "\r\n", "\r", "", "  ", "\n\n", "\r\r\n", "\n\r"];
        for (var round = 0; round < 60; round++)
        {
            var originals = Enumerable.Range(0, 120).Select(i => $"<r n='{i}>'>{Gap()}<a>张{i}</a>{Gap()}<b/>{Gap()}</r>").ToArray();
            var file = "<l>" + string.Concat(originals.Select(o => o + Gap())) + "</l>";
            using var reader = FormatReader.Open(new DrippingStream(Encoding.UTF8.GetBytes(file), 1 + random.Next(4000)), new FormatOptions { Format = MessageFormat.Xml, Record = "/l/r" });
            foreach (var original in originals)
            {
                Assert.Equal(RecordStatus.Record, reader.Read());
                if (random.Next(3) == 0) Assert.Equal(original, Encoding.UTF8.GetString(reader.Original.Span));
            }
        }

        string Gap() => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(4) == 0 ? ends[random.Next(ends.Length)] : " "));
    }

    private static string Text(Random random) => "x" + string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static string Json(params (string Name, string Text)[] members) =>
        "{" + string.Join(',', members.Select(m => $"\"{m.Name}\":{System.Text.Json.JsonSerializer.Serialize(m.Text)}")) + "}";

    private static string[] Back(WriterOptions to, string json, FormatOptions from)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new FormatWriter(to);
        Assert.True(writer.TryWrite(Encoding.UTF8.GetBytes(json), output, out var error), error?.ToString());
        return Reading.Records(from, output.WrittenSpan.ToArray());
    }
}
