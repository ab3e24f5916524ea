using System.Text;
using Mappings.Formats;
using Xunit;

namespace Tests.Formats;

public class CsvReaderTests
{
    private static readonly FormatOptions Csv = new() { Format = MessageFormat.Csv, Reader = Reading.File };

    [Theory]
    [InlineData("a,b\n1,2\n", "{\"a\":\"1\",\"b\":\"2\"}")]
    [InlineData("\uFEFFa,b\r\n1,2", "{\"a\":\"1\",\"b\":\"2\"}")]
    [InlineData("a,b\r1,2\r", "{\"a\":\"1\",\"b\":\"2\"}")]
    [InlineData("a,b\n\"x,\r\ny\",\"say \"\"hi\"\"\"\n", "{\"a\":\"x,\\r\\ny\",\"b\":\"say \\\"hi\\\"\"}")]
    [InlineData("a,b\n,2\n", "{\"b\":\"2\"}")]
    [InlineData("a,b\n\"\",2\n", "{\"b\":\"2\"}")]
    [InlineData("\"a\"\"b\",\"c,d\"\n1,2\n", "{\"a\\\"b\":\"1\",\"c,d\":\"2\"}")]
    [InlineData("a,b\n\n1,2\n\r\n", "{\"a\":\"1\",\"b\":\"2\"}")]
    [InlineData("姓名,路径\n张伟,C:\\tmp\n", "{\"姓名\":\"张伟\",\"路径\":\"C:\\\\tmp\"}")]
    [InlineData("a,b\n =1+1 ,-2\n", "{\"a\":\" =1+1 \",\"b\":\"-2\"}")]
    public void Csv_Row_BecomesAnObjectOfTexts(string text, string expected) => Assert.Equal([expected, "end"], Reading.Records(Csv, text));

    [Fact]
    public void Csv_EmptyAsText_KeepsEmptyFields() =>
        Assert.Equal(["{\"a\":\"\",\"b\":\"\"}", "end"], Reading.Records(Csv with { EmptyAs = EmptyAs.Text }, "a,b\n,\n"));

    [Fact]
    public void Csv_OneColumn_KeepsEmptyLinesAsRecords() =>
        Assert.Equal(["{\"a\":\"1\"}", "{}", "{\"a\":\"2\"}", "end"], Reading.Records(Csv, "a\n1\n\n2\n"));

    [Fact]
    public void Csv_OtherDelimiterAndColumns_AreUsed() =>
        Assert.Equal(
            ["{\"x\":\"1,5\",\"y\":\"2\"}", "end"],
            Reading.Records(Csv with { Delimiter = ';', Header = false, Columns = ["x", "y"] }, "1,5;2\n"));

    [Fact]
    public void Csv_BadRows_DoNotStopTheGoodOnes() =>
        Assert.Equal(
            [
                "{\"name\":\"王芳\",\"city\":\"北京\"}",
                "Bad: in:3:5: error FMT230: row 3 has 3 columns, expected 2",
                "Bad: in:4:2: error FMT230: row 4 has 1 columns, expected 2",
                "Bad: in:5:2: error FMT232: row 5: a quote in the middle of a value",
                "Bad: in:6:4: error FMT231: row 6: found \"x\" after a closing quote",
                "{\"name\":\"李\\n娜\",\"city\":\"上海\"}",
                "Bad: in:9:3: error FMT230: row 8 has 1 columns, expected 2",
                "end",
            ],
            Reading.Records(Csv, "name,city\n王芳,北京\n张,伟,上海\nx\n5\" \"x,y\n\"a\"x,y\n\"李\n娜\",上海\nxy\n"));

    [Theory]
    [InlineData("", "Broken: in:1:1: error FMT211: the document is empty")]
    [InlineData("\uFEFF", "Broken: in:1:1: error FMT211: the document is empty")]
    [InlineData("a,,c\n1,2,3", "Broken: in:1:3: error FMT234: the header of column 2 is empty")]
    [InlineData("a,b,\"a\"\n1,2,3", "Broken: in:1:5: error FMT235: the header \"a\" stands twice: columns 1 and 3")]
    [InlineData("a,\"b\n1,2", "Broken: in:1:3: error FMT233: row 1: the quote that opens here is never closed")]
    [InlineData("a,b\n1,\"2\n3,4\n", "Broken: in:2:3: error FMT233: row 2: the quote that opens here is never closed")]
    public void Csv_Broken_SaysWhereAndWhat(string text, string expected) => Assert.Equal(expected, Reading.Records(Csv, text)[^1]);

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('，')]
    public void Csv_DelimiterThatIsNone_IsRefusedAtOnce(char delimiter)
    {
        Assert.False(FormatOptions.IsDelimiter(delimiter));
        Assert.Throws<ArgumentOutOfRangeException>(() => FormatReader.Open(ReadOnlyMemory<byte>.Empty, Csv with { Delimiter = delimiter }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FormatWriter(new WriterOptions { Format = MessageFormat.Csv, Delimiter = delimiter }));
    }

    [Fact]
    public void Csv_HeaderAlone_HasNoRecords() => Assert.Equal(["end"], Reading.Records(Csv, "a,b\r\n"));

    [Fact]
    public void Csv_QuoteThatNeverCloses_StopsAtTheFieldLimitAndNotAtTheEndOfAGiantFile()
    {
        var text = "a,b\n1,\"" + string.Concat(Enumerable.Repeat("2\n3,4", 500_000));
        Assert.Equal("Broken: in:2:3: error LIM525: a value of more than 1,048,576 bytes", Reading.Records(Csv, text)[^1]);
        Assert.Equal("Broken: in:2:3: error LIM525: a value of more than 1,048,576 bytes", Reading.Streamed(Csv, Encoding.UTF8.GetBytes(text), 5_000)[^1]);
    }

    [Fact]
    public void Csv_BadByte_ComesAfterTheRowsBeforeIt()
    {
        byte[] bytes = [.. "a,b\n1,2\n3,"u8, 0xFF, .. "\n5,6\n"u8];
        Assert.Equal(
            ["{\"a\":\"1\",\"b\":\"2\"}", "Broken: in:3:3: error ENC101: byte FF (offset 10) is not GBK; the file declares GBK. Bytes: 33 2C FF"],
            Reading.Records(Csv with { Encoding = Reading.Named("gbk") }, bytes));
    }

    [Fact]
    public void Csv_Original_IsTheRowsOwnBytes()
    {
        byte[] bytes = [.. "n,c\r\n"u8, 0xD5, 0xC5, 0xCE, 0xB0, .. ",1\r\n"u8, 0xCD, 0xF5, .. ",\"2\r\n3\"\r\n"u8];
        using var reader = FormatReader.Open(bytes, Csv with { Encoding = Reading.Named("gbk") });
        Assert.Equal(RecordStatus.Record, reader.Read());
        Assert.Equal(bytes[5..13], reader.Original.ToArray());
        Assert.Equal((0L, 5L, "in:2:1"), (reader.Index, reader.Offset, reader.At.ToString()));
        Assert.Equal((2, 4), reader.Tape.PositionOf(reader.Tape.Find(0, "c"u8)));
        Assert.Equal(RecordStatus.Record, reader.Read());
        Assert.Equal(bytes[13..], reader.Original.ToArray());
        Assert.Equal((1L, 13L, "in:3:1"), (reader.Index, reader.Offset, reader.At.ToString()));
        Assert.Equal(RecordStatus.End, reader.Read());
        Assert.Equal(RecordStatus.End, reader.Read());
    }
}
