using System.Text;
using Mappings.Formats;
using Xunit;

namespace Tests.Formats;

public class JsonRecordsTests
{
    private static readonly FormatOptions Array = new() { Record = "[]", Reader = Reading.File };
    private static readonly FormatOptions Inside = Array with { Record = "data.orders" };
    private static readonly FormatOptions Lines = new() { Format = MessageFormat.NdJson, Reader = Reading.File };
    [Fact]
    public void When_a_zero_byte_stands_where_the_array_should_begin_or_has_ended_it_is_not_taken_for_the_end()
    {
        Assert.Equal(["Broken: in:1:1: error FMT213: no array at []: expected [, found \"\\u0000[1\""], Reading.Records(Array, "\0[1]"));
        Assert.Equal(["1", "Broken: in:1:4: error FMT206: found \"\\u0000rest\" after the end of the document"], Reading.Records(Array, "[1]\0rest"));
    }

    [Fact]
    public void When_two_byte_order_marks_begin_the_file_the_second_counts_as_a_character_however_the_bytes_come()
    {
        byte[] bytes = [.. "\uFEFF\uFEFF1"u8, 0x8D, .. "\n"u8];

        Assert.Equal("Broken: in:1:3: error ENC101: byte 8D (offset 7) is not UTF-8; the file declares UTF-8. Bytes: BF 31 8D", Reading.Records(Lines, bytes)[0]);
        Assert.Equal(Reading.Records(Lines, bytes), Reading.Streamed(Lines, bytes, 1));
    }

    private static readonly FormatOptions Whole = new() { Reader = Reading.File };

    [Theory]
    [InlineData("[]", "end")]
    [InlineData(" [ 1 , {\"a\":2} , \"x\" ] ", "1|{\"a\":2}|\"x\"|end")]
    [InlineData("[1", "1|Broken: in:1:3: error FMT204: the document ends in the middle: what opens at 1:1 is never closed")]
    [InlineData("[{\"a\":1},{\"a\":", "{\"a\":1}|Broken: in:1:15: error FMT204: the document ends in the middle: what opens at 1:10 is never closed")]
    [InlineData("[1,]", "1|Broken: in:1:4: error FMT202: expected a value, found \"]\"")]
    [InlineData("[,1]", "Broken: in:1:2: error FMT202: expected a value, found \",\"")]
    [InlineData("[1 2]", "1|Broken: in:1:4: error FMT201: expected \",\" / \"]\", found \"2\"")]
    [InlineData("[1] x", "1|Broken: in:1:5: error FMT206: found \"x\" after the end of the document")]
    [InlineData("{}", "Broken: in:1:1: error FMT213: no array at []: expected [, found \"{\"")]
    [InlineData("", "Broken: in:1:1: error FMT211: the document is empty")]
    [InlineData("[{\"a\":1,\"a\":\"]}\"},\n{\"b\":2}]", "Bad: in:1:9: error FMT205: key \"a\" appears twice in one object (first at 1:3)|{\"b\":2}|end")]
    [InlineData("[1e999,\n 2]", "Bad: in:1:2: error LIM523: a number with an exponent beyond 400: \"1e999\"|2|end")]
    [InlineData("[2,1e999]", "2|Bad: in:1:4: error LIM523: a number with an exponent beyond 400: \"1e999\"|end")]
    public void Array_Elements_AreTheRecords(string text, string expected)
    {
        Assert.Equal(expected.Split('|'), Reading.Records(Array, text));
        Assert.Equal(expected.Split('|'), Reading.Streamed(Array, Encoding.UTF8.GetBytes(text), 1));
    }

    [Theory]
    [InlineData("{\"v\":[1],\"data\":{\"n\":{\"orders\":0},\"orders\":[{\"a\":1},{\"a\":2}],\"t\":1},\"z\":null}", "{\"a\":1}|{\"a\":2}|end")]
    [InlineData("{\"data\":{\"orders\":[1]},\"data\":1}", "1|Broken: in:1:24: error FMT205: key \"data\" appears twice in one object (first at 1:2)")]
    [InlineData("{\"data\":{\"orders\":[1]}", "1|Broken: in:1:23: error FMT204: the document ends in the middle: what opens at 1:1 is never closed")]
    [InlineData("{\"data\":{\"order\":[1],\"x\":2}}", "Broken: in:1:9: error FMT212: no array at data.orders: there is no \"orders\" (the object has order, x)")]
    [InlineData("{\"data\":{\"orders\":{\"a\":1}}}", "Broken: in:1:19: error FMT213: no array at data.orders: expected [, found \"{\"")]
    [InlineData("{\"data\":[]}", "Broken: in:1:9: error FMT213: no array at data.orders: expected {, found \"[\"")]
    [InlineData("{\"x\":tru,\"data\":1}", "Broken: in:1:6: error FMT201: expected true, found \"tru,\"")]
    [InlineData("{\"x\" 1}", "Broken: in:1:6: error FMT201: expected \":\", found \"1\"")]
    [InlineData("{\"x\":1 \"y\":2}", "Broken: in:1:8: error FMT201: expected \",\" / \"}\", found \"\"\"")]
    [InlineData("{\"x\":1,}", "Broken: in:1:8: error FMT203: expected a member name in double quotes, found \"}\"")]
    public void Array_ByPath_IsFoundInside(string text, string expected)
    {
        Assert.Equal(expected.Split('|'), Reading.Records(Inside, text));
        Assert.Equal(expected.Split('|'), Reading.Streamed(Inside, Encoding.UTF8.GetBytes(text), 1));
    }

    [Fact]
    public void Array_Positions_AreTheFiles()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"data\": {\"名\": 1, \"orders\": [\n  {\"a\": 1},\n  {\"a\":\n 2}]}}");
        using var reader = FormatReader.Open(bytes, Inside);
        reader.Read();
        reader.Read();
        Assert.Equal("in:3:3", reader.At.ToString());
        Assert.Equal("{\"a\":\n 2}", Encoding.UTF8.GetString(reader.Original.Span));
        Assert.Equal(bytes.Length - 12, reader.Offset);
        Assert.Equal((4, 2), reader.Tape.PositionOf(reader.Tape.Find(0, "a"u8)));
        Assert.Equal((3, 3), reader.Tape.PositionOf(0));
    }

    [Fact]
    public void Array_LargerThanTheLimit_IsReadInBoundedMemory()
    {
        var record = Encoding.UTF8.GetBytes("{\"text\":\"" + new string('x', 1000) + "\"},");
        using var reader = FormatReader.Open(new RepeatingStream("["u8.ToArray(), record, 40_000), Array with { Reader = Reading.File with { MaxDocumentBytes = 1 << 20 } });
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = 0;
        while (reader.Read() == RecordStatus.Record) count++;
        Assert.Equal(40_000, count);
        Assert.Equal("FMT204", reader.Error?.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Array_ElementLargerThanTheLimit_IsRefused()
    {
        using var reader = FormatReader.Open(new RepeatingStream("[\""u8.ToArray(), new byte[1000].Select(_ => (byte)'x').ToArray(), 200_000), Array with { Reader = Reading.File with { MaxDocumentBytes = 1 << 20 } });
        Assert.Equal(RecordStatus.Broken, reader.Read());
        Assert.Equal("in:1:2: error LIM520: the document has more than 1,048,576 bytes", reader.Error?.ToString());
    }

    [Theory]
    [InlineData("{\"a\":1}\r\n\n{\"a\":2}", "{\"a\":1}|{\"a\":2}|end")]
    [InlineData("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", "{\"a\":1}|Bad: in:3:1: error FMT204: the document ends in the middle: what opens at 2:1 is never closed|{\"a\":3}|end")]
    [InlineData("1\n2 3\n", "1|Bad: in:2:3: error FMT206: found \"3\" after the end of the document|end")]
    [InlineData("", "Broken: in:1:1: error FMT211: the document is empty")]
    public void NdJson_Lines_AreTheRecords(string text, string expected)
    {
        Assert.Equal(expected.Split('|'), Reading.Records(Lines, text));
        Assert.Equal(expected.Split('|'), Reading.Streamed(Lines, Encoding.UTF8.GetBytes(text), 1));
    }

    [Theory]
    [InlineData("{\"a\":1}", "{\"a\":1}|end")]
    [InlineData("{\"a\":1", "Broken: in:1:7: error FMT204: the document ends in the middle: what opens at 1:1 is never closed")]
    [InlineData("", "Broken: in:1:1: error FMT211: the document is empty")]
    public void Document_IsTheOneRecord(string text, string expected)
    {
        Assert.Equal(expected.Split('|'), Reading.Records(Whole, text));
        Assert.Equal(expected.Split('|'), Reading.Streamed(Whole, Encoding.UTF8.GetBytes(text), 1));
    }

    [Fact]
    public void Document_OfAHundredMegabytes_IsRefusedAtTheLimit()
    {
        using var reader = FormatReader.Open(new RepeatingStream("[1"u8.ToArray(), ",1234567"u8.ToArray(), 100_000_000 / 8), Whole with { Reader = Reading.File with { MaxDocumentBytes = 8 << 20 } });
        Assert.Equal(RecordStatus.Broken, reader.Read());
        Assert.Equal("in: error LIM520: the document has more than 8,388,608 bytes", reader.Error?.ToString());
    }

    [Fact]
    public void Document_InGbk_IsDecodedFirst()
    {
        byte[] bytes = [.. "{\"n\":\""u8, 0xD5, 0xC5, .. "\"}"u8];
        Assert.Equal(["{\"n\":\"张\"}", "end"], Reading.Records(Whole with { Encoding = Reading.Named("gbk") }, bytes));
    }
}
