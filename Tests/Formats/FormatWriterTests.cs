using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mappings.Formats;
using Mappings.Formats.Json;
using Xunit;

namespace Tests.Formats;

public class FormatWriterTests
{
    private static readonly WriterOptions Csv = new() { Format = MessageFormat.Csv, File = "out" };

    [Theory]
    [InlineData("{\"a\":1.50,\"b\":\"x\",\"c\":true,\"d\":null}", "a,b,c,d\r\n1.50,x,true,\r\n")]
    [InlineData("{\"a\":\"x,y\",\"b\":\"say \\\"hi\\\"\",\"c\":\"1\\n2\"}", "a,b,c\r\n\"x,y\",\"say \"\"hi\"\"\",\"1\n2\"\r\n")]
    [InlineData("{\"a\":\"=1+1\",\"b\":\"+86\",\"c\":\"-x\",\"d\":\"@x\",\"e\":\"\\tx\",\"f\":-5}", "a,b,c,d,e,f\r\n'=1+1,'+86,'-x,'@x,'\tx,-5\r\n")]
    [InlineData("{\"a\":\"=\\\"x\\\"\",\"b\":\"\\rx\"}", "a,b\r\n\"'=\"\"x\"\"\",\"'\rx\"\r\n")]
    [InlineData("[{\"a\":1,\"b\":2},{\"b\":3}]", "a,b\r\n1,2\r\n,3\r\n")]
    public void Csv_Record_IsWritten(string json, string expected) => Assert.Equal(expected, Write(Csv, json));

    [Fact]
    public void Csv_WithoutGuard_WritesWhatIsThere() => Assert.Equal("a\r\n=1+1\r\n", Write(Csv with { FormulaGuard = false }, "{\"a\":\"=1+1\"}"));

    [Fact]
    public void Csv_GivenColumns_KeepTheirOrderAndTheMark() =>
        Assert.Equal("\uFEFFb;a\r\n2;1\r\n;3\r\n", Write(Csv with { Delimiter = ';', Columns = ["b", "a"], ByteOrderMark = true }, "{\"a\":1,\"b\":2}", "{\"a\":3}"));

    [Fact]
    public void Csv_RefusedRecord_LeavesNothingBehind() =>
        Assert.Equal(
            "error: out: error FMT237: a: a CSV field holds one value, found […]\na\r\n1\r\nerror: out: error FMT238: b: there is no such column; the columns are a\nerror: out: error FMT236: a CSV row is made of an object, found \"5\"\n2\r\n",
            Write(Csv, "{\"a\":[1]}", "{\"a\":1}", "{\"a\":1,\"b\":2}", "5", "{\"a\":2}"));

    [Fact]
    public void Csv_InGbk_IsEncodedOrRefused()
    {
        using var writer = new FormatWriter(Csv with { Encoding = Reading.Named("gbk") }, append: true);
        var output = new ArrayBufferWriter<byte>();
        Assert.False(writer.TryWrite("{\"a\":\"㛃\"}"u8.ToArray(), output, out var error));
        Assert.Equal("out: error ENC110: 㛃 (U+36C3) does not exist in GBK", error.ToString());
        Assert.True(writer.TryWrite("{\"a\":\"张\"}"u8.ToArray(), output, out _));
        Assert.Equal([0xD5, 0xC5, 0x0D, 0x0A], output.WrittenSpan.ToArray());
    }

    [Fact]
    public void NdJson_Records_StandOnLines() =>
        Assert.Equal("{\"a\":1}\n[2]\n", Write(new WriterOptions { Format = MessageFormat.NdJson }, "{ \"a\": 1 }", "[\n2]"));

    [Fact]
    public void Csv_AnyTexts_ReadBackAsWritten() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Cells), cells =>
        {
            using var json = new Utf8JsonOutput();
            json.StartObject();
            for (var i = 0; i < cells.Length; i++)
            {
                json.Name(new JsonName($"c{i}"));
                json.Text(cells[i]);
            }

            json.EndObject();
            var text = Write(Csv with { FormulaGuard = false }, Encoding.UTF8.GetString(json.Written));
            Assert.Equal([Encoding.UTF8.GetString(json.Written), "end"], Reading.Records(new FormatOptions { Format = MessageFormat.Csv, EmptyAs = EmptyAs.Text }, text));
        }));

    [Fact]
    public void Output_Values_AreCompactJson()
    {
        using var output = new Utf8JsonOutput(1);
        output.StartObject();
        output.Name(new JsonName("na\"me"));
        output.StartArray();
        output.Number(1L);
        output.Number(1.50m);
        output.Number(0.1);
        output.Boolean(false);
        output.Null();
        output.Raw("12345678901234567890.10"u8);
        output.Text("张\u2028<\u0000");
        output.VerbatimText("x"u8);
        output.EndArray();
        var mark = output.Mark;
        output.Name("left out"u8);
        output.Null();
        output.Rewind(mark);
        output.VerbatimName("b"u8);
        output.StartObject();
        output.EndObject();
        output.EndObject();
        Assert.Equal("{\"na\\\"me\":[1,1.50,0.1,false,null,12345678901234567890.10,\"张\u2028<\\u0000\",\"x\"],\"b\":{}}", Encoding.UTF8.GetString(output.Written));
    }

    private static Gen<string[]> Cells =>
        Gen.Elements("a", "\"", ",", "\r", "\n", "张", "\\", "=", " ", "\t").ArrayOf().Select(parts => string.Concat(parts.Take(5))).ArrayOf(3);

    [Fact]
    public void Csv_WhenTheFirstRecordIsRefused_TakesTheColumnsOfTheNext()
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new FormatWriter(Csv);

        Assert.False(writer.TryWrite("""{"wrong":[1]}"""u8.ToArray(), output, out _));
        Assert.True(writer.TryWrite("""{"a":1}"""u8.ToArray(), output, out var error), error?.ToString());

        Assert.Equal("a\r\n1\r\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static string Write(WriterOptions options, params string[] records)
    {
        using var writer = new FormatWriter(options);
        var text = new StringBuilder();
        foreach (var record in records)
        {
            var output = new ArrayBufferWriter<byte>();
            if (writer.TryWrite(Encoding.UTF8.GetBytes(record), output, out var error)) text.Append(Encoding.UTF8.GetString(output.WrittenSpan));
            else text.Append("error: ").Append(error).Append('\n');
        }

        return text.ToString();
    }
}
