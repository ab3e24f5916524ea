using System.Buffers;
using System.Globalization;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Formats;
using Tests.Architecture;

namespace Tests.Formats;

/// <summary>What people read when a file is not what it should be: the file in, the exact text out, in both languages.</summary>
public class CatalogueTests
{
    private static readonly FormatOptions Csv = new() { Format = MessageFormat.Csv };
    private static readonly FormatOptions Xml = new() { Format = MessageFormat.Xml, Record = "/l/r" };

    [Fact]
    public void BadByte() => Says(
        "hr.xml", Xml with { Encoding = Reading.Named("gbk") }, [.. "<l>\n<r>"u8, 0xC1, 0xF5, 0xFF, .. "</r></l>"u8],
        "hr.xml:2:5: error ENC101: byte FF (offset 9) is not GBK; the file declares GBK. Bytes: C1 F5 FF",
        "hr.xml:2:5: 错误 ENC101: 字节 FF（偏移 9）不是 GBK；文件声明为 GBK。字节：C1 F5 FF");

    [Fact]
    public void EncodingMismatch_OfBytes() => Says(
        "c.csv", Csv, [.. "name\n"u8, 0xD5, 0xC5, 0xCE, 0xB0, (byte)'\n'],
        "c.csv:2:1: error ENC102: declared UTF-8, but the file is GBK (D5 C5 CE B0). Set encoding: gbk",
        "c.csv:2:1: 错误 ENC102: 声明为 UTF-8，但文件是 GBK（D5 C5 CE B0）。请设置 encoding: gbk");

    [Fact]
    public void EncodingMismatch_OfTheDeclaration() => Says(
        "hr.xml", Xml, "<?xml version=\"1.0\" encoding=\"GB2312\"?><l/>"u8.ToArray(),
        "hr.xml:1:1: error ENC102: declared utf-8, but the file is GBK (<?xml … encoding=\"GB2312\"?>). Set encoding: GB2312",
        "hr.xml:1:1: 错误 ENC102: 声明为 utf-8，但文件是 GBK（<?xml … encoding=\"GB2312\"?>）。请设置 encoding: GB2312");

    [Fact]
    public void CharacterTheTargetCannotHold()
    {
        using var writer = new FormatWriter(new WriterOptions { Format = MessageFormat.Csv, Encoding = Reading.Named("gbk"), File = "oa.people" });

        Assert.False(writer.TryWrite("""{"fullName":"张㛃"}"""u8.ToArray(), new ArrayBufferWriter<byte>(), out var error));

        Reads(error,
            "oa.people: error ENC110: 㛃 (U+36C3) does not exist in GBK\n  fix     use gb18030 or utf-8, or set unencodable: replace",
            "oa.people: 错误 ENC110: GBK 中没有字符 㛃（U+36C3）\n  修正    请使用 gb18030 或 utf-8，或设置 unencodable: replace");
    }

    [Fact]
    public void BrokenJson() => Says(
        "a.json", new FormatOptions(), "{\n \"a\":1,\n \"b\":tru}"u8.ToArray(),
        "a.json:3:6: error FMT201: expected true, found \"tru}\"",
        "a.json:3:6: 错误 FMT201: 此处应为 true，实际为 \"tru}\"");

    [Fact]
    public void BrokenXml() => Says(
        "a.xml", Xml, "<l>\n <r><a>1</b></r></l>"u8.ToArray(),
        "a.xml:2:11: error FMT220: not well-formed XML: The 'a' start tag on line 2 position 6 does not match the end tag of 'b'",
        "a.xml:2:11: 错误 FMT220: XML 格式不正确：The 'a' start tag on line 2 position 6 does not match the end tag of 'b'");

    [Fact]
    public void BrokenCsv() => Says(
        "a.csv", Csv, "code,name,city\nC1,张,伟,上海\n"u8.ToArray(),
        "a.csv:2:8: error FMT230: row 2 has 4 columns, expected 3\n  fix     put a value that holds \",\" or a line break in double quotes",
        "a.csv:2:8: 错误 FMT230: 第 2 行有 4 列，应为 3 列\n  修正    含有“,”或换行的值请放在双引号中");

    [Fact]
    public void DuplicateKey() => Says(
        "a.json", new FormatOptions(), "{\n  \"amount\": 1,\n  \"amount\": 2\n}"u8.ToArray(),
        "a.json:3:3: error FMT205: key \"amount\" appears twice in one object (first at 2:3)",
        "a.json:3:3: 错误 FMT205: 键“amount”在同一对象中出现两次（首次位于 2:3）");

    [Fact]
    public void ShortLine() => Says(
        "bank.txt", Bank, Changed(3, line => line[..118]),
        "bank.txt:4: error FMT240: the line has 118 bytes, the layout says 120\n  fix     was the file converted to another encoding, or were spaces cut off? Ask for it as the sender wrote it",
        "bank.txt:4: 错误 FMT240: 该行有 118 bytes，布局规定为 120\n  修正    文件是否转换过编码，或行尾空格被删除？请索取发送方的原始文件");

    [Fact]
    public void NoDigits() => Says(
        "bank.txt", Bank, Changed(3, line => [.. line[..58], .. "0000012A4500000"u8, .. line[73..]]),
        "bank.txt:4:59: error FMT241: amount: \"0000012A4500000\" is not digits (bytes 59-73)",
        "bank.txt:4:59: 错误 FMT241: amount: \"0000012A4500000\" 不是数字（bytes 59-73）");

    private static FormatOptions Bank => EdiExamples.Options(MessageFormat.Fixed, File.ReadAllText(Repository.Path("config", "layouts", "bank-b2.yaml"))) with { Record = "detail", Encoding = Reading.Named("gb18030") };

    /// <summary>The bank file of the example company with one line changed.</summary>
    private static byte[] Changed(int line, Func<byte[], byte[]> change)
    {
        var bytes = File.ReadAllBytes(Repository.Path("config", "samples", "bank-b2.txt"));
        var start = line * 122;
        return [.. bytes[..start], .. change(bytes[start..(start + 120)]), .. bytes[(start + 120)..]];
    }

    private static void Says(string file, FormatOptions options, byte[] bytes, string english, string chinese)
    {
        using var reader = FormatReader.Open(bytes, options with { Reader = options.Reader with { File = file } });
        while (reader.Read() == RecordStatus.Record)
        {
        }

        Reads(reader.Error!, english, chinese);
    }

    private static void Reads(Finding finding, string english, string chinese)
    {
        Assert.Equal(english, FindingFormatter.Long(finding, culture: CultureInfo.GetCultureInfo("en")));
        Assert.Equal(chinese, FindingFormatter.Long(finding, culture: CultureInfo.GetCultureInfo("zh")));
    }
}
