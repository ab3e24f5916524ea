using System.Buffers;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Layouts;
using Mappings.Yaml;
using Tests.Architecture;

namespace Tests.Formats;

public class FixedWriterTests
{
    private const string Pay = """
        layout: pay
        line: { length: 20, end: crlf }
        records:
          head:
            when: { at: 20, is: H }
            once: true
            fields:
              no: { at: 2, length: 5, type: integer, required: true }
              day: { at: 7, length: 8, type: date, in: yyyyMMdd }
          row:
            when: { at: 20, is: R }
            fields:
              name: { at: 2, length: 6, too_long: cut }
              sum: { at: 8, length: 7, type: decimal, implied: 2, missing: "0000000" }
              side: { at: 15, length: 1, one_of: [ C, D ] }
              code: { at: 16, length: 3, align: right, pad: "*" }
          foot:
            when: { at: 20, is: F }
            once: true
            last: true
            fields:
              count: { at: 2, length: 3, type: integer }
        """;

    [Fact]
    public void Document_NamingTheRecords_IsAWholeFile() =>
        Assert.Equal(
            " 0004220241105     H\r\n 王芳  0012345C*X1 R\r\n Bob   0000000     R\r\n 002               F\r\n",
            Write(Options(), """{"foot":{"count":2},"row":[{"name":"王芳","sum":"123.450","side":"C","code":"X1"},{"name":"Bob"}],"head":{"no":42,"day":"2024-11-05"}}"""));

    [Fact]
    public void Record_ThatIsNamed_IsALineOrSeveral()
    {
        Assert.Equal(" Bob   -000150D    R\r\n", Write(Options() with { Record = "row" }, """{"name":"Bob","sum":-1.5,"side":"D"}"""));
        Assert.Equal(" a     0000100     R\r\n b     0000200     R\r\n", Write(Options() with { Record = "row" }, """[{"name":"a","sum":1},{"name":"b","sum":2.00}]"""));
    }

    [Theory]
    [InlineData("王小明", " 王小明0000000     R\r\n")]
    [InlineData("王小明明", " 王小明0000000     R\r\n")]
    [InlineData("a王小明", " a王小 0000000     R\r\n")]
    public void Text_ThatIsCut_IsNeverCutInsideACharacter(string name, string expected) =>
        Assert.Equal(expected, Write(Options() with { Record = "row" }, $$"""{"name":"{{name}}"}"""));

    [Fact]
    public void Chars_AreCountedWhereTheLayoutSaysSo() =>
        Assert.Equal(" 王小明明a 0000000     R\r\n", Write(Options("widths: chars\n") with { Record = "row" }, """{"name":"王小明明a"}"""));

    [Theory]
    [InlineData("row", """{"sum":123456.78}""", "out: error FMT249: sum: the value has 8 bytes, the field 7")]
    [InlineData("row", """{"sum":1.234}""", "out: error FMT278: sum: \"1.234\" has more than 2 digits behind the decimal point")]
    [InlineData("row", """{"sum":12345678901234567890123456789}""", "out: error FMT241: sum: \"123456789012345678901234…\" is not digits (sum)")]
    [InlineData("row", """{"side":"E"}""", "out: error FMT247: side: \"E\" is not one of C, D")]
    [InlineData("row", """{"name":"㛃"}""", "out: error ENC110: name: 㛃 (U+36C3) does not exist in GBK")]
    [InlineData("row", """{"name":"a\nb"}""", "out: error FMT279: name: the character U+000A cannot be written in this format")]
    [InlineData("row", """{"nmae":"a"}""", "out: error FMT248: nmae: the layout has nothing of this name; it has name, sum, side, code")]
    [InlineData("row", """[{"name":"a"},{"name":[]}]""", "out: error FMT259: [1].name: […] does not fit here; \"…\" is expected")]
    [InlineData(null, """{"head":{"no":1}}""", "out: error FMT242: foot: there is no value, and one is required")]
    [InlineData(null, """{"head":{},"foot":{}}""", "out: error FMT242: head.no: there is no value, and one is required")]
    [InlineData(null, """{"head":{"no":1},"foot":{},"rows":[]}""", "out: error FMT248: rows: the layout has nothing of this name; it has head, row, foot")]
    [InlineData(null, """{"head":[{"no":1}],"foot":{}}""", "out: error FMT259: head: […] does not fit here; {…} is expected")]
    [InlineData(null, """{"head":{"no":1,"day":"2024-02-30"},"foot":{}}""", "out: error DAT311: head.day: \"2024-02-30\" is not a date (2024-02 has 29 days); expected yyyy-MM-dd")]
    public void What_DoesNotFit_IsRefused(string? record, string json, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new FormatWriter(Options() with { Record = record });

        Assert.False(writer.TryWrite(Encoding.UTF8.GetBytes(json), output, out var error));

        Assert.Equal(expected, error.ToString());
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Bank_OfTheExampleCompany_IsWrittenByteForByte()
    {
        var findings = new Findings();
        var layout = LayoutFile.Read(YamlFile.Parse("bank-b2.yaml", File.ReadAllBytes(Repository.Path("config", "layouts", "bank-b2.yaml")), findings)!, findings);
        var bytes = File.ReadAllBytes(Repository.Path("config", "samples", "bank-b2.txt"));
        var gb18030 = Reading.Named("gb18030");
        var details = Reading.Records(new FormatOptions { Format = MessageFormat.Fixed, Layout = layout, Record = "detail", Encoding = gb18030 }, bytes)[..^1];
        var output = new ArrayBufferWriter<byte>();
        using var writer = new FormatWriter(new WriterOptions { Format = MessageFormat.Fixed, Layout = layout, Encoding = gb18030 });

        var json = $$$"""{"header":{"fileNo":"B2-20241105","fileDate":"2024-11-05","currency":"CNY"},"detail":[{{{string.Join(',', details)}}}],"trailer":{"count":6,"total":1017385.49}}""";
        Assert.True(writer.TryWrite(Encoding.UTF8.GetBytes(json), output, out var error), error?.ToString());

        Assert.Equal(bytes, output.WrittenSpan.ToArray());
    }

    private static string Write(WriterOptions options, string json)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new FormatWriter(options);
        Assert.True(writer.TryWrite(Encoding.UTF8.GetBytes(json), output, out var error), error?.ToString());
        return Encoding.GetEncoding("gbk").GetString(output.WrittenSpan);
    }

    private static WriterOptions Options(string more = "")
    {
        var findings = new Findings();
        var layout = LayoutFile.Read(YamlFile.Parse("pay.yaml", more + Pay, findings)!, findings);
        Assert.Empty(findings);
        return new WriterOptions { Format = MessageFormat.Fixed, Layout = layout, Encoding = Reading.Named("gbk"), File = "out" };
    }
}
