using System.Text;
using Mappings.Formats;
using Xunit;

namespace Tests.Formats;

public class XmlReaderTests
{
    private static readonly FormatOptions Xml = new() { Format = MessageFormat.Xml, Reader = Reading.File };
    private static readonly FormatOptions Staff = Xml with { Record = "/员工列表/员工" };

    [Theory]
    [InlineData("<a><b>1</b></a>", "{\"b\":\"1\"}")]
    [InlineData("<a>x</a>", "\"x\"")]
    [InlineData("<a/>", "{}")]
    [InlineData("<a b='1' c=''/>", "{\"_b\":\"1\",\"_c\":\"\"}")]
    [InlineData("<a b='1'>x</a>", "{\"_b\":\"1\",\"_text\":\"x\"}")]
    [InlineData("<a><b>1</b><c>2</c><b/><b>3</b></a>", "{\"b\":[\"1\",\"3\"],\"c\":\"2\"}")]
    [InlineData("<a><b/><c> </c><d><![CDATA[<&>]]> x</d></a>", "{\"d\":\"<&> x\"}")]
    [InlineData("<a>\n  <b>1 &lt; 2 &#x5F20;</b>\n  <!-- c -->\n <?p i?></a>", "{\"b\":\"1 < 2 张\"}")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><a><b>1</b></a>", "{\"b\":\"1\"}")]
    [InlineData("<x:a xmlns:x='urn:x' x:k='1'><x:b>1</x:b><b>2</b></x:a>", "{\"_k\":\"1\",\"b\":[\"1\",\"2\"]}")]
    [InlineData("<a><b x='1' y=''/><b z='2'><c/></b></a>", "{\"b\":[{\"_x\":\"1\",\"_y\":\"\"},{\"_z\":\"2\"}]}")]
    [InlineData("<a><b><c><d>1</d></c></b></a>", "{\"b\":{\"c\":{\"d\":\"1\"}}}")]
    public void Xml_Document_BecomesAnObject(string text, string expected) => Assert.Equal([expected, "end"], Reading.Records(Xml, text));

    [Fact]
    public void Xml_NamespacesInTheTable_GiveTheirPrefix() =>
        Assert.Equal(
            ["{\"_n_k\":\"1\",\"n_b\":\"1\",\"b\":\"2\"}", "end"],
            Reading.Records(Xml with { Namespaces = new Dictionary<string, string> { ["urn:x"] = "n" } }, "<q:a xmlns:q='urn:x' q:k='1'><q:b>1</q:b><b>2</b></q:a>"));

    [Fact]
    public void Xml_EmptyAsText_KeepsEmptyElements() =>
        Assert.Equal(["{\"b\":\"\",\"c\":\"\"}", "end"], Reading.Records(Xml with { EmptyAs = EmptyAs.Text }, "<a><b/><c></c></a>"));

    [Fact]
    public void Xml_ManyChildren_AreGroupedByName()
    {
        var text = "<a>" + string.Concat(Enumerable.Range(0, 40).Select(i => $"<n{i % 20}>{i}</n{i % 20}>")) + "</a>";
        var expected = "{" + string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"n{i}\":[\"{i}\",\"{i + 20}\"]")) + "}";
        Assert.Equal([expected, "end"], Reading.Records(Xml, text));
    }

    [Fact]
    public void Xml_ElementsOnThePath_AreTheRecords()
    {
        const string Text = "<员工列表 v=\"1\"><头><员工>no</员工></头>\r\n  <员工 编号=\"E1\"><姓名>张伟</姓名></员工>\n  <员工 编号=\"E>2\"/></员工列表>";
        var expected = new[] { "{\"_编号\":\"E1\",\"姓名\":\"张伟\"}", "{\"_编号\":\"E>2\"}", "end" };
        foreach (var name in new[] { "utf-8", "gbk", "utf-16" })
        {
            var options = Staff with { Encoding = Reading.Named(name) };
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            Assert.True(options.Encoding.TryEncode(Encoding.UTF8.GetBytes(Text), output, false, default, "", out _));
            Assert.Equal(expected, Reading.Records(options, output.WrittenSpan.ToArray()));
            Assert.Equal(expected, Reading.Streamed(options, output.WrittenSpan.ToArray(), 1));
        }

        using var reader = FormatReader.Open(Encoding.UTF8.GetBytes(Text), Staff);
        reader.Read();
        Assert.Equal("in:2:3", reader.At.ToString());
        Assert.Equal("<员工 编号=\"E1\"><姓名>张伟</姓名></员工>", Encoding.UTF8.GetString(reader.Original.Span));
        Assert.Equal((2, 15), reader.Tape.PositionOf(reader.Tape.Find(0, "姓名"u8)));
        Assert.Equal((2, 7), reader.Tape.PositionOf(reader.Tape.Find(0, "_编号"u8)));
        reader.Read();
        Assert.Equal("in:3:3", reader.At.ToString());
        Assert.Equal("<员工 编号=\"E>2\"/>", Encoding.UTF8.GetString(reader.Original.Span));
    }

    [Theory]
    [InlineData("", "Broken: in:1:1: error FMT211: the document is empty")]
    [InlineData("<a><b></a>", "Broken: in:1:9: error FMT220: not well-formed XML: The 'b' start tag on line 1 position 5 does not match the end tag of 'a'")]
    [InlineData("<a>&nbsp;</a>", "Broken: in:1:5: error FMT220: not well-formed XML: Reference to undeclared entity 'nbsp'")]
    [InlineData("<a>\u0001</a>", "Broken: in:1:4: error FMT220: not well-formed XML: '\\u0001', hexadecimal value 0x01, is an invalid character")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "Broken: in:1:1: error FMT221: a document type (DTD) is not allowed")]
    [InlineData("<a>\n <b>x", "Broken: in:2:6: error FMT222: the document ends in the middle: <b> (2:2) is never closed")]
    [InlineData("<a>x<b/></a>", "Bad: in:1:5: error FMT224: text \"x\" stands between the elements of <a>")]
    [InlineData("<a><b/>\n x</a>", "Bad: in:1:8: error FMT224: text \"x\" stands between the elements of <a>")]
    [InlineData("<?xml version='1.0' encoding='GBK'?><a/>", "Broken: in:1:1: error ENC102: declared utf-8, but the file is GBK (<?xml … encoding=\"GBK\"?>). Set encoding: GBK")]
    public void Xml_Broken_SaysWhereAndWhat(string text, string expected) => Assert.Equal(expected, Reading.Records(Xml, text)[0]);

    [Fact]
    public void Xml_OtherRoot_IsNotSilentlyEmpty() =>
        Assert.Equal(["Broken: in:1:1: error FMT223: the record path is /员工列表/员工, but the root element is <员工表>"], Reading.Records(Staff, "<员工表/>"));

    [Fact]
    public void Xml_BrokenAfterRecords_KeepsTheRecords() =>
        Assert.Equal(
            ["\"1\"", "Bad: in:1:22: error FMT224: text \"2\" stands between the elements of <员工>", "Broken: in:1:33: error FMT220: not well-formed XML: The '员工列表' start tag on line 1 position 2 does not match the end tag of '员工'"],
            Reading.Records(Staff, "<员工列表><员工>1</员工><员工>2<b/></员工></员工>"));

    [Fact]
    public void Xml_NamesInAnotherOrderThanBefore_KeepTheirOwn() =>
        Assert.Equal(
            ["{\"_x\":\"1\",\"b\":\"2\",\"bc\":\"3\"}", "{\"bc\":\"4\",\"b\":\"5\"}", "{\"_b\":\"6\",\"bc\":{\"_x\":\"7\"},\"x\":\"8\"}", "end"],
            Reading.Records(Xml with { Record = "/a/r" }, "<a><r x='1'><b>2</b><bc>3</bc></r><r><bc>4</bc><b>5</b></r><r b='6'><bc x='7'/><x>8</x></r></a>"));

    [Theory]
    [InlineData("gbk", "张")]
    [InlineData("utf-8", "😀")]
    public void Xml_LongTextInPieces_IsWhole(string name, string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 9_001));
        var expected = new[] { $"{{\"_k\":\"{text}\",\"b\":\"x{text}{text}<\",\"c\":\"\"}}", "end" };
        var options = Xml with { Encoding = Reading.Named(name), EmptyAs = EmptyAs.Text };
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.True(options.Encoding.TryEncode(Encoding.UTF8.GetBytes($"<a k='{text}'><b>x<!-- {text} -->{text}<![CDATA[{text}<]]></b><c/></a>"), output, false, default, "", out _));
        Assert.Equal(expected, Reading.Records(options, output.WrittenSpan.ToArray()));
        Assert.Equal(expected, Reading.Streamed(options, output.WrittenSpan.ToArray(), 7));
    }

    [Fact]
    public void Xml_DeepNesting_StopsAtTheLimit() =>
        Assert.Equal(
            "Broken: in:1:385: error LIM521: more than 128 containers inside each other",
            Reading.Records(Xml, string.Concat(Enumerable.Repeat("<a>", 10_000)))[0]);

    [Fact]
    public void Xml_EverNewNames_StopAtALimit() =>
        Assert.Equal("LIM526", Code(Xml with { Record = "/a/r" }, "<a>" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"<x{i}/>")) + "</a>"));

    [Fact]
    public void Xml_LargeFileOfRecords_IsReadInBoundedMemory()
    {
        var record = Encoding.UTF8.GetBytes("<r><t>" + new string('x', 1000) + "</t></r>\n");
        using var reader = FormatReader.Open(new RepeatingStream("<a>"u8.ToArray(), record, 20_000), Xml with { Record = "a/r", Reader = Reading.File with { MaxDocumentBytes = 1 << 20 } });
        var count = 0;
        while (reader.Read() == RecordStatus.Record) count++;
        Assert.Equal(20_000, count);
        Assert.Equal("FMT222", reader.Error?.Code);
    }

    [Fact]
    public void Xml_RecordLargerThanTheLimit_IsRefused()
    {
        using var reader = FormatReader.Open(new RepeatingStream("<a>"u8.ToArray(), "<b>x</b>"u8.ToArray(), 2_000_000), Xml with { Reader = Reading.File with { MaxDocumentBytes = 1 << 20 } });
        Assert.Equal(RecordStatus.Broken, reader.Read());
        Assert.Equal("LIM520", reader.Error?.Code);
    }

    [Fact]
    public void Xml_BadByte_IsNamed()
    {
        byte[] bytes = [.. "<a>\n"u8, 0xC1, 0xF5, 0xFF, .. "</a>"u8];
        Assert.Equal(
            ["Broken: in:2:2: error ENC101: byte FF (offset 6) is not GBK; the file declares GBK. Bytes: C1 F5 FF"],
            Reading.Records(Xml with { Encoding = Reading.Named("gbk") }, bytes));
    }

    private static string? Code(FormatOptions options, string text)
    {
        using var reader = FormatReader.Open(Encoding.UTF8.GetBytes(text), options);
        while (reader.Read() is RecordStatus.Record or RecordStatus.Bad)
        {
        }

        return reader.Error?.Code;
    }
}
