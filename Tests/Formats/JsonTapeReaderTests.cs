using System.Text;
using Mappings.Documents;
using Mappings.Formats;
using Mappings.Formats.Json;
using Xunit;

namespace Tests.Formats;

public class JsonTapeReaderTests
{
    [Theory]
    [InlineData("{\"a\": 1.50, \"b\": [true, false, null, {}] }", "{\"a\":1.50,\"b\":[true,false,null,{}]}")]
    [InlineData(" [ ] ", "[]")]
    [InlineData("\uFEFF\"x\"", "\"x\"")]
    [InlineData("-0.0e-12", "-0.0e-12")]
    [InlineData("\"a\\u0041\\n\\/\\uD83D\\uDE00\"", "\"aA\\n/😀\"")]
    [InlineData("{\"张\\t伟\":\"北京\"}", "{\"张\\t伟\":\"北京\"}")]
    [InlineData("\"\\u0000\\u001f\\u007f\"", "\"\\u0000\\u001F\u007f\"")]
    [InlineData("123456789012345678901234567890.10", "123456789012345678901234567890.10")]
    public void Json_Valid_KeepsEveryValue(string text, string expected) => Assert.Equal(expected, Reading.Json(text));

    [Theory]
    [InlineData("{\n  \"a\": 1,\n  \"b\":tru}", "in:3:7: error FMT201: expected true, found \"tru}\"")]
    [InlineData("[1 2]", "in:1:4: error FMT201: expected \",\" / \"]\", found \"2\"")]
    [InlineData("{\"a\":1 \"b\":2}", "in:1:8: error FMT201: expected \",\" / \"}\", found \"\"\"")]
    [InlineData("{\"a\" 1}", "in:1:6: error FMT201: expected \":\", found \"1\"")]
    [InlineData("[1,]", "in:1:4: error FMT202: expected a value, found \"]\"")]
    [InlineData("['a']", "in:1:2: error FMT202: expected a value, found \"'a'\"")]
    [InlineData("{a:1}", "in:1:2: error FMT203: expected a member name in double quotes, found \"a\"")]
    [InlineData("{\"a\":1,}", "in:1:8: error FMT203: expected a member name in double quotes, found \"}\"")]
    [InlineData("{\"a\":\n [1,", "in:2:5: error FMT204: the document ends in the middle: what opens at 2:2 is never closed")]
    [InlineData("[\"abc", "in:1:6: error FMT204: the document ends in the middle: what opens at 1:2 is never closed")]
    [InlineData("[\"ab\\", "in:1:6: error FMT204: the document ends in the middle: what opens at 1:2 is never closed")]
    [InlineData("{\n \"amount\":1,\n \"x\":{},\n \"amount\":2}", "in:4:2: error FMT205: key \"amount\" appears twice in one object (first at 2:2)")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "in:1:8: error FMT205: key \"\\u0061\" appears twice in one object (first at 1:2)")]
    [InlineData("{\"\\u0061\":1,\"a\":2}", "in:1:13: error FMT205: key \"a\" appears twice in one object (first at 1:2)")]
    [InlineData("{} {}", "in:1:4: error FMT206: found \"{\" after the end of the document")]
    [InlineData("[1]\0", "in:1:4: error FMT206: found \"\\u0000\" after the end of the document")]
    [InlineData("[01]", "in:1:2: error FMT207: \"01\" is not a number that JSON knows")]
    [InlineData("[-]", "in:1:2: error FMT207: \"-\" is not a number that JSON knows")]
    [InlineData("[1.]", "in:1:2: error FMT207: \"1.\" is not a number that JSON knows")]
    [InlineData("[1.5.2]", "in:1:2: error FMT207: \"1.5.2\" is not a number that JSON knows")]
    [InlineData("[12abc]", "in:1:2: error FMT207: \"12abc\" is not a number that JSON knows")]
    [InlineData("[1e]", "in:1:2: error FMT207: \"1e\" is not a number that JSON knows")]
    [InlineData("[\"C:\\temp\\x\"]", "in:1:10: error FMT208: \"\\x\" is not an escape that JSON knows")]
    [InlineData("[\"\\u00g0\"]", "in:1:3: error FMT208: \"\\u00g0\" is not an escape that JSON knows")]
    [InlineData("[\"\\ud800\"]", "in:1:3: error FMT209: \"\\ud800\" is half of a surrogate pair; the other half does not follow")]
    [InlineData("[\"\\udc00\\ud800\"]", "in:1:3: error FMT209: \"\\udc00\" is half of a surrogate pair; the other half does not follow")]
    [InlineData("[\"a\nb\"]", "in:1:4: error FMT210: control character U+000A in a text; it must be written as \\n")]
    [InlineData("[\"\\\"a\u0001\"]", "in:1:6: error FMT210: control character U+0001 in a text; it must be written as \\u0001")]
    [InlineData("", "in:1:1: error FMT211: the document is empty")]
    [InlineData(" \n ", "in:2:2: error FMT211: the document is empty")]
    [InlineData("[1e401]", "in:1:2: error LIM523: a number with an exponent beyond 400: \"1e401\"")]
    [InlineData("{\"张伟\": x}", "in:1:8: error FMT202: expected a value, found \"x\"")]
    public void Json_Broken_SaysWhereAndWhat(string text, string expected) => Assert.Equal(expected, Reading.Json(text));

    [Fact]
    public void Json_TooDeep_IsRefusedAtTheBracketTooMany()
    {
        Assert.Equal("in:1:129: error LIM521: more than 128 containers inside each other", Reading.Json(new string('[', 10_000)));
        Assert.Equal(new string('[', 128) + new string(']', 128), Reading.Json(new string('[', 128) + new string(']', 128)));
    }

    [Fact]
    public void Json_NumberOfManyDigits_IsRefusedBeyondTheLimit()
    {
        var longest = new string('7', 1_000);
        Assert.Equal(longest, Reading.Json(longest));
        Assert.Equal("in:1:1: error LIM522: a number with 1,001 digits; at most 1,000 are read", Reading.Json(longest + "7"));
    }

    [Fact]
    public void Json_LargerThanTheLimit_IsRefusedUnread() =>
        Assert.Equal("in: error LIM520: the document has more than 67,108,864 bytes", Reading.Json(new byte[100 << 20]));

    [Fact]
    public void Json_MoreValuesThanTheLimit_IsRefused()
    {
        var text = "[" + string.Join(',', Enumerable.Repeat("1", 5_000)) + "]";
        Assert.StartsWith("in:1:", Reading.Json(text, Reading.File with { MaxNodes = 1_000 }), StringComparison.Ordinal);
        Assert.Contains("LIM524: the document has more than 1,000 values", Reading.Json(text, Reading.File with { MaxNodes = 1_000 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(500)]
    public void Json_DuplicateInAnObjectOfAnySize_IsFound(int members)
    {
        var names = Enumerable.Range(0, members).Select(i => $"\"k{i:D4}\":{{\"x\":1}}").ToList();
        Assert.DoesNotContain("error", Reading.Json("{" + string.Join(',', names) + "}"), StringComparison.Ordinal);
        Assert.Equal(
            $"in:2:1: error FMT205: key \"k0001\" appears twice in one object (first at 1:{2 + names[0].Length + 1})",
            Reading.Json("{" + string.Join(',', names) + ",\n\"k0001\":2}"));
    }

    [Fact]
    public void Json_BadUtf8_NamesTheByte()
    {
        byte[] bytes = [.. "[\"王"u8, 0xE5, 0xFF, .. "\"]"u8];
        Assert.Equal("in:1:4: error ENC101: byte E5 (offset 5) is not UTF-8; the file declares UTF-8. Bytes: 8E 8B E5", Reading.Json(bytes));
    }

    [Fact]
    public void Json_GbkDeclaredAsUtf8_SaysSo()
    {
        byte[] bytes = [.. "{\"name\":\""u8, 0xC1, 0xF5, 0xB5, 0xC2, .. "\"}"u8];
        Assert.Equal("in:1:10: error ENC102: declared UTF-8, but the file is GBK (C1 F5 B5 C2). Set encoding: gbk", Reading.Json(bytes));
    }

    [Fact]
    public void Json_Nodes_KnowTheirPlace()
    {
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(Encoding.UTF8.GetBytes("{\n  \"a\": \"x\",\n  \"张\": [1,\n \"\\n\"]}"), builder, ReaderOptions.Default, out _));
        var tape = builder.Build();
        Assert.Equal((2, 8), tape.PositionOf(tape.Find(0, "a"u8)));
        var array = tape.Find(0, "张"u8);
        Assert.Equal((3, 8), tape.PositionOf(array));
        Assert.Equal((3, 9), tape.PositionOf(tape.FirstChild(array)));
        Assert.Equal((4, 2), tape.PositionOf(tape.Next(tape.FirstChild(array))));
    }

    [Fact]
    public void Json_Rereading_AllocatesNothing()
    {
        var text = Encoding.UTF8.GetBytes("{\"a\":[1,2,{\"b\":\"\\u00e4\"}],\"c\":\"x\"}");
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(text, builder, ReaderOptions.Default, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) JsonTapeReader.TryRead(text, builder, ReaderOptions.Default, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
