using System.Buffers;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Layouts;
using Mappings.Yaml;
using Tests.Architecture;

namespace Tests.Formats;

public class FixedReaderTests
{
    private const string Pay = """
        layout: pay
        line: { length: 20 }
        records:
          head:
            when: { at: 1, is: H }
            once: true
            fields:
              no: { at: 2, length: 5, type: integer, required: true }
          row:
            when: { at: 1, is: R }
            fields:
              name: { at: 2, length: 6 }
              sum: { at: 8, length: 7, type: decimal, implied: 2, missing: "0000000" }
              side: { at: 15, length: 1, one_of: [ C, D ] }
          foot:
            when: { at: 1, is: F }
            once: true
            last: true
            fields:
              count: { at: 2, length: 3, type: integer }
        """;

    private static readonly string[] Lines = ["H00042              ", "RBob   0000150C     ", "R王芳  0012345D     ", "F002                "];

    [Fact]
    public void Bank_OfTheExampleCompany_IsRead()
    {
        var findings = new Findings();
        var layout = LayoutFile.Read(YamlFile.Parse("bank-b2.yaml", File.ReadAllBytes(Repository.Path("config", "layouts", "bank-b2.yaml")), findings)!, findings);
        var options = new FormatOptions { Format = MessageFormat.Fixed, Layout = layout, Record = "detail", Encoding = Reading.Named("gb18030"), Reader = Reading.File };
        using var reader = FormatReader.Open(File.ReadAllBytes(Repository.Path("config", "samples", "bank-b2.txt")), options);

        Assert.Equal("{}", Json(reader.FileTape!));
        Assert.Equal(RecordStatus.Record, reader.Read());
        Assert.Equal("""{"seq":"000001","account":"6222020200112233445","payer":"上海华光电子有限公司","amount":12500.00,"dc":"C","valueDate":"2024-11-04","memo":"货款 INV20241101"}""", Json(reader.Tape));
        Assert.Equal("""{"header":{"fileNo":"B2-20241105","fileDate":"2024-11-05","currency":"CNY"}}""", Json(reader.FileTape!));
        Assert.Equal("in:2:1", reader.At.ToString());
        Assert.Equal((2, 49), Place(reader.Tape, "amount"));
        Assert.Equal(122, reader.Offset);
        Assert.Equal(122, reader.Original.Length);
        for (var i = 2; i <= 6; i++) Assert.Equal(RecordStatus.Record, reader.Read());
        Assert.Equal("""{"seq":"000006","account":"6222020200112233445","amount":1.00,"dc":"C","valueDate":"2024-11-05"}""", Json(reader.Tape));
        Assert.Equal(RecordStatus.End, reader.Read());
        Assert.Equal("""{"header":{"fileNo":"B2-20241105","fileDate":"2024-11-05","currency":"CNY"},"trailer":{"count":6,"total":1017385.49}}""", Json(reader.FileTape!));
    }

    [Theory]
    [InlineData("gbk")]
    [InlineData("gb18030")]
    public void Bytes_AreCountedBeforeTheyAreDecoded(string encoding) =>
        Assert.Equal(["""{"name":"Bob","sum":1.50,"side":"C"}""", """{"name":"王芳","sum":123.45,"side":"D"}""", "end"], Read(Pay, encoding, "\r\n", Lines));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("gbk")]
    public void Chars_AreCountedWhereTheLayoutSaysSo(string encoding) =>
        Assert.Equal(
            ["""{"name":"Bob","sum":1.50,"side":"C"}""", """{"name":"王芳","sum":123.45,"side":"D"}""", "end"],
            Read(Pay.Replace("line:", "widths: chars\nline:", StringComparison.Ordinal), encoding, "\n", [Lines[0], Lines[1], "R王芳    0012345D     ", Lines[3]]));

    [Fact]
    public void Lines_WithoutAnEnd_FollowByTheirLength() =>
        Assert.Equal(
            ["""{"name":"Bob","sum":1.50,"side":"C"}""", """{"name":"王芳","sum":123.45,"side":"D"}""", "end"],
            Read(Pay.Replace("length: 20", "length: 20, end: none", StringComparison.Ordinal), "gbk", "", Lines));

    [Theory]
    [InlineData(1, "RBob   0000150C    ", "Bad: in:2: error FMT240: the line has 19 bytes, the layout says 20")]
    [InlineData(1, "RBob   00A0150C     ", "Bad: in:2:8: error FMT241: sum: \"00A0150\" is not digits (bytes 8-14)")]
    [InlineData(2, "R王芳  00x2345D     ", "Bad: in:3:6: error FMT241: sum: \"00x2345\" is not digits (bytes 8-14)")]
    [InlineData(1, "RBob   0000150E     ", "Bad: in:2:15: error FMT247: side: \"E\" is not one of C, D")]
    [InlineData(1, "XBob   0000150C     ", "Bad: in:2: error FMT243: \"XBob   0000150C     \" begins no record of the layout; it has head (H), row (R), foot (F)")]
    [InlineData(1, "H00043              ", "Bad: in:2: error FMT244: the record head stands twice in the file (first in line 1)")]
    [InlineData(0, "H                   ", "Broken: in:1:2: error FMT242: no: there is no value, and one is required")]
    [InlineData(3, "", "Broken: in:4:1: error FMT246: the file ends without the record foot")]
    public void Line_WithAFault_SaysWhere(int line, string wrong, string expected)
    {
        var lines = Lines.ToArray();
        lines[line] = wrong;

        Assert.Contains(expected, Read(Pay, "gbk", "\n", lines));
    }

    [Fact]
    public void Line_BehindTheLast_IsRefused() =>
        Assert.Equal("Bad: in:5: error FMT245: the record row stands behind foot (line 4), behind which nothing may follow", Read(Pay, "gbk", "\n", [.. Lines, Lines[1]])[2]);

    [Fact]
    public void Field_CutInTheMiddleOfACharacter_SaysWhere()
    {
        var bytes = Bytes("gbk", "\n", Lines);
        // 王芳 and the first byte of 一 in the last place of the name.
        (bytes[42 + 5], bytes[42 + 6]) = (0x20, 0xD2);

        Assert.Equal("Bad: in:3:5: error ENC101: name: byte D2 (offset 6) is not GBK; the file declares GBK. Bytes: BC 20 D2", Reading.Records(Options(Pay, "gbk"), bytes)[1]);
    }

    [Fact]
    public void Records_OfSeveralKinds_SayWhichTheyAre()
    {
        var layout = Pay.Replace("    once: true\n    fields:\n      no", "    fields:\n      no", StringComparison.Ordinal);

        Assert.Equal("""{"record":"head","no":42}""", Reading.Records(Options(layout, "gbk") with { Record = null }, Bytes("gbk", "\n", Lines))[0]);
        Assert.Equal("""{"name":"Bob","sum":1.50,"side":"C"}""", Reading.Records(Options(layout, "gbk"), Bytes("gbk", "\n", Lines))[0]);
    }

    [Theory]
    [InlineData("0000000", "leading", "{}")]
    [InlineData("-000150", "leading", """{"sum":-1.50}""")]
    [InlineData("+000150", "leading", """{"sum":1.50}""")]
    [InlineData("000150-", "trailing", """{"sum":-1.50}""")]
    [InlineData("000015{", "overpunch", """{"sum":1.50}""")]
    [InlineData("000015}", "overpunch", """{"sum":-1.50}""")]
    [InlineData("000001J", "overpunch", """{"sum":-0.11}""")]
    [InlineData("   0150", "none", """{"sum":1.50}""")]
    [InlineData("      7", "none", """{"sum":0.07}""")]
    [InlineData("0-00000", "leading", "Bad: in:2:8: error FMT241: sum: \"0-00000\" is not digits (bytes 8-14)")]
    [InlineData("-000000", "leading", """{"sum":0.00}""")]
    [InlineData("-000150", "none", "Bad: in:2:8: error FMT241: sum: \"-000150\" is not digits (bytes 8-14)")]
    public void Number_WithASign_IsReadWhereItStands(string digits, string sign, string expected) =>
        Assert.Equal(expected, Read(Pay.Replace("implied: 2", "implied: 2, sign: " + sign, StringComparison.Ordinal), "gbk", "\n", [Lines[0], $"R      {digits}      ", Lines[3]])[0]);

    [Fact]
    public void Lines_OfAnyLength_MayEndEarly() =>
        Assert.Equal(
            ["""{"name":"Bob"}""", "end"],
            Read(Pay.Replace("line: { length: 20 }\n", "", StringComparison.Ordinal), "gbk", "\n", ["H42", "RBob", "F1"]));

    [Fact]
    public void Streaming_GivesTheSame()
    {
        var bytes = Bytes("gbk", "\r\n", Lines);

        foreach (var atATime in (int[])[1, 3, 7]) Assert.Equal(Reading.Records(Options(Pay, "gbk"), bytes), Reading.Streamed(Options(Pay, "gbk"), bytes, atATime));
    }

    [Fact]
    public void ReplacedBytes_OfAFieldThatIsWrong_AreCountedOnce()
    {
        byte[] bytes = [.. Bytes("gbk", "\n", Lines[0]), .. "RBob   0000150"u8, 0xFF, .. "     \n"u8];
        using var reader = FormatReader.Open(bytes, Options(Pay, "gbk") with { ReplaceBadBytes = true });

        Assert.Equal(RecordStatus.Bad, reader.Read());
        Assert.Equal("FMT247", reader.Error!.Code);
        Assert.Equal("1", reader.Warning!.Arguments["count"]);
    }

    [Fact]
    public void ReplacedBytes_OfARecordThatStandsOnce_AreCounted()
    {
        var layout = Pay.Replace("no: { at: 2, length: 5, type: integer, required: true }", "no: { at: 2, length: 5 }", StringComparison.Ordinal);
        byte[] bytes = [.. "H"u8, 0xFF, .. "0042              \n"u8, .. Bytes("gbk", "\n", Lines[1..])];
        using var reader = FormatReader.Open(bytes, Options(layout, "gbk") with { ReplaceBadBytes = true });
        while (reader.Read() == RecordStatus.Record)
        {
        }

        Assert.Null(reader.Error);
        Assert.Equal("1", reader.Warning!.Arguments["count"]);
    }

    private static string[] Read(string layout, string encoding, string end, params string[] lines) => Reading.Records(Options(layout, encoding), Bytes(encoding, end, lines));

    private static byte[] Bytes(string encoding, string end, params string[] lines)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.True(Reading.Named(encoding).TryEncode(Encoding.UTF8.GetBytes(string.Concat(lines.Where(l => l.Length > 0).Select(l => l + end))), output, false, SourcePosition.None, "", out _));
        return output.WrittenSpan.ToArray();
    }

    private static FormatOptions Options(string layout, string encoding)
    {
        var findings = new Findings();
        var read = LayoutFile.Read(YamlFile.Parse("pay.yaml", layout.ReplaceLineEndings("\n"), findings)!, findings);
        Assert.Empty(findings);
        return new FormatOptions { Format = MessageFormat.Fixed, Layout = read, Record = "row", Encoding = Reading.Named(encoding), Reader = Reading.File };
    }

    private static string Json(Tape tape) => Encoding.UTF8.GetString(TapeJson.ToArray(tape, 0));

    private static (int Line, int Column) Place(Tape tape, string name) => tape.PositionOf(tape.Find(0, Encoding.UTF8.GetBytes(name)));
}
