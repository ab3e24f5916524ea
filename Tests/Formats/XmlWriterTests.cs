using System.Buffers;
using System.Text;
using Mappings.Formats;

namespace Tests.Formats;

public class XmlWriterTests
{
    private const string Head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

    private static readonly WriterOptions Item = new() { Format = MessageFormat.Xml, Record = "/item", File = "out" };
    private static readonly WriterOptions List = Item with { Record = "/list/item" };

    [Fact]
    public void Members_AreElementsAttributesAndText() =>
        Assert.Equal(
            Head + "<item id=\"7\" on=\"true\"><name>A &lt;&amp;&gt; \"B\"</name><tag>x</tag><tag>y</tag><qty unit=\"kg\">1.50</qty><none/><inner><a/></inner></item>\n",
            Write(Item, """{"_id":7,"_on":true,"name":"A <&> \"B\"","tag":["x","y"],"empty":[],"qty":{"_text":1.50,"_unit":"kg"},"none":null,"inner":{"a":""}}"""));

    [Fact]
    public void Records_OfAnArray_StandInTheElementsAround()
    {
        Assert.Equal(Head + "<list><item><a>1</a></item><item><a>2</a></item></list>\n", Write(List, """[{"a":1},{"a":2}]"""));
        Assert.Equal(Head + "<list><item><a>1</a></item></list>\n", Write(List, """{"a":1}"""));
        Assert.Equal(Head + "<list></list>\n", Write(List, "[]"));
    }

    [Fact]
    public void Namespaces_AreDeclaredAtTheRoot() =>
        Assert.Equal(
            Head + "<o:list xmlns:o=\"urn:a&amp;b\"><o:item o:id=\"1\"><o:a>2</o:a><b_c>3</b_c></o:item></o:list>\n",
            Write(List with { Record = "/o_list/o_item", Namespaces = new Dictionary<string, string> { ["urn:a&b"] = "o" } }, """{"_o_id":1,"o_a":2,"b_c":3}"""));

    [Fact]
    public void Encoding_IsDeclared_AndLackingCharactersAreNumbers()
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new FormatWriter(Item with { Encoding = Reading.Named("gbk") });

        Assert.True(writer.TryWrite("""{"姓名":"张㛃😀"}"""u8.ToArray(), output, out _));

        Assert.Equal("<?xml version=\"1.0\" encoding=\"gbk\"?>\n<item><姓名>张&#x36C3;&#x1F600;</姓名></item>\n", Encoding.GetEncoding("gbk").GetString(output.WrittenSpan));
        Assert.Equal(["""{"姓名":"张㛃😀"}""", "end"], Reading.Records(new FormatOptions { Format = MessageFormat.Xml, Encoding = Reading.Named("gbk") }, output.WrittenSpan.ToArray()));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16be")]
    [InlineData("gb18030")]
    [InlineData("big5")]
    public void WhatIsWritten_IsReadBack(string encoding)
    {
        const string Record = """{"_id":"\t\n\r<\"&>","a":"line\r\nnext","b":[{"c":"1"},{"c":"𠀀張","_d":"x"}],"e":{"_f":"g","_text":"h"}}""";
        var output = new ArrayBufferWriter<byte>();
        using var writer = new FormatWriter(List with { Encoding = Reading.Named(encoding) });

        Assert.True(writer.TryWrite(Encoding.UTF8.GetBytes($"[{Record},{Record}]"), output, out var error), error?.ToString());

        var expected = Reading.Json(Record).Replace("\"c\":\"𠀀張\",\"_d\":\"x\"", "\"_d\":\"x\",\"c\":\"𠀀張\"", StringComparison.Ordinal);
        Assert.Equal([expected, expected, "end"], Reading.Records(new FormatOptions { Format = MessageFormat.Xml, Record = "/list/item", Encoding = Reading.Named(encoding) }, output.WrittenSpan.ToArray()));
    }

    [Theory]
    [InlineData("""{"a b":1}""", "out: error FMT277: a b: \"a b\" is not a name in XML")]
    [InlineData("""{"x":{"1a":1}}""", "out: error FMT277: x.1a: \"1a\" is not a name in XML")]
    [InlineData("""{"_":1}""", "out: error FMT277: _: \"\" is not a name in XML")]
    [InlineData("""{"a":[[1]]}""", "out: error FMT259: a: […] does not fit here; {…}, \"…\" is expected")]
    [InlineData("""{"_a":{}}""", "out: error FMT259: _a: {…} does not fit here; \"…\" is expected")]
    [InlineData("""{"a":{"_text":"x","b":1}}""", "out: error FMT259: a._text: \"x\" does not fit here; \"…\" is expected")]
    [InlineData("""{"a":"\u0001"}""", "out: error FMT279: a: the character U+0001 cannot be written in this format")]
    [InlineData("[]", "out: error FMT259: […] does not fit here; {…} is expected")]
    [InlineData("7", "out: error FMT259: \"7\" does not fit here; {…} is expected")]
    public void What_XmlCannotSay_IsRefused(string json, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new FormatWriter(Item);

        Assert.False(writer.TryWrite(Encoding.UTF8.GetBytes(json), output, out var error));

        Assert.Equal(expected, error.ToString());
        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public void Appending_ToADocument_IsNotOffered()
    {
        Assert.Throws<ArgumentException>(() => new FormatWriter(Item, append: true));
        Assert.Throws<ArgumentException>(() => new FormatWriter(Item with { Record = null }));
    }

    private static string Write(WriterOptions options, string json)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new FormatWriter(options);
        Assert.True(writer.TryWrite(Encoding.UTF8.GetBytes(json), output, out var error), error?.ToString());
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
