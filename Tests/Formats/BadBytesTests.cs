using System.Text;
using Mappings.Formats;
using Mappings.Formats.Encodings;

namespace Tests.Formats;

public class BadBytesTests
{
    private static readonly FormatOptions Csv = new() { Format = MessageFormat.Csv, Reader = Reading.File };

    [Theory]
    [InlineData("gbk", "6162FF63", "ab\uFFFDc", 1)]
    [InlineData("gbk", "41FF42800A78", "A\uFFFDB\uFFFD|x", 2)]
    [InlineData("gbk", "C1F5FFC1F5", "刘\uFFFD刘", 1)]
    [InlineData("gbk", "A2A1A14061", "\u2170\uFFFDa", 1)]
    [InlineData("gbk", "C12CF5", "\uFFFD,\uFFFD", 2)]
    [InlineData("big5", "FA40FF41", "\uFFFD\uFFFDA", 2)]
    [InlineData("gb18030", "8130813041FF", "\u0080A\uFFFD", 1)]
    [InlineData("gb18030", "81304142", "\uFFFD0AB", 1)]
    [InlineData("utf-8", "41E5BC4142", "A\uFFFD\uFFFDAB", 2)]
    [InlineData("utf-8", "41EFBFBD42", "A\uFFFDB", 0)]
    [InlineData("utf-8", "41ED", "A\uFFFD", 1)]
    [InlineData("utf-16", "4100D8004200", "A\u00D8B", 0)]
    [InlineData("utf-16", "410000D84200", "A\uFFFDB", 1)]
    [InlineData("shift_jis", "81204182A0", "\uFFFD Aあ", 1)]
    [InlineData("iso-8859-6", "41A1C7", "A\uFFFDا", 1)]
    public void Replace_ReadsThem_AsTheReplacementCharacter_AndCounts(string encoding, string hex, string text, int count)
    {
        var options = Csv with { Header = false, Delimiter = ';', Encoding = Reading.Named(encoding), ReplaceBadBytes = true };
        var bytes = Convert.FromHexString(hex);
        using var reader = FormatReader.Open(bytes, options);
        var lines = new List<string>();
        var original = 0;
        while (reader.Read() == RecordStatus.Record)
        {
            lines.Add(Encoding.UTF8.GetString(reader.Tape.Utf8(8)));
            original += reader.Original.Length;
        }

        Assert.Null(reader.Error);
        Assert.Equal(text, string.Join('|', lines));
        Assert.Equal(bytes.Length, original);
        Assert.Equal(count == 0 ? null : $"{count}", reader.Warning?.Arguments["count"]);
        Assert.Equal(Reading.Records(options, bytes), Reading.Streamed(options, bytes, 1));
    }

    [Fact]
    public void Replace_SaysWhereTheFirstIs()
    {
        byte[] bytes = [.. "code,name\n1,"u8, 0xC1, 0xF5, 0xFF, .. "\n2,"u8, 0xFF, (byte)'\n'];
        using var reader = FormatReader.Open(bytes, Csv with { Encoding = Reading.Named("gbk"), ReplaceBadBytes = true });
        while (reader.Read() == RecordStatus.Record)
        {
        }

        Assert.Equal("in:2:4: warning ENC103: 2 places were no GBK and are read as U+FFFD; this is the first", reader.Warning!.ToString());
    }

    [Fact]
    public void Replace_InXml_IsTheSame()
    {
        byte[] bytes = [.. "<l>\n<r>"u8, 0xC1, 0xF5, 0xFF, .. "</r></l>"u8];
        using var reader = FormatReader.Open(bytes, Csv with { Format = MessageFormat.Xml, Encoding = Reading.Named("gbk"), ReplaceBadBytes = true });

        Assert.Equal(RecordStatus.Record, reader.Read());
        Assert.Equal("in:2:5: warning ENC103: 1 places were no GBK and are read as U+FFFD; this is the first", reader.Warning!.ToString());
    }

    [Fact]
    public void Replace_OfManyBadBytes_IsNotSlow()
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        var bytes = Enumerable.Repeat((byte)0xFF, 4 << 20).ToArray();
        using var reader = FormatReader.Open(bytes, Csv with { Header = false, Encoding = Reading.Named("gbk"), ReplaceBadBytes = true, Reader = Reading.File with { MaxFieldBytes = 64 << 20 } });

        Assert.Equal(RecordStatus.Record, reader.Read());
        Assert.Equal("4,194,304", reader.Warning!.Arguments["count"]);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(30), started.Elapsed.ToString());
    }

    [Theory]
    [InlineData("EFBBBFE5BCA0", "UTF-8 (auto)", "张")]
    [InlineData("E5BCA0", "UTF-8 (auto)", "张")]
    [InlineData("D5C5", "GB18030 (auto)", "张")]
    [InlineData("FFFE205F", "UTF-16 (auto)", "张")]
    [InlineData("FEFF5F20", "UTF-16BE (auto)", "张")]
    [InlineData("8431953381308130", "GB18030 (auto)", "\u0080")]
    [InlineData("41", "UTF-8 (auto)", "A")]
    public void Auto_TakesTheMark_ThenUtf8_ThenGb18030(string hex, string taken, string text)
    {
        var bytes = Convert.FromHexString(hex);
        var options = Csv with { Header = false, Encoding = TextEncodings.Auto };
        using var reader = FormatReader.Open(bytes, options);

        Assert.Equal(taken, reader.ReadAs.Display);
        Assert.Equal(RecordStatus.Record, reader.Read());
        Assert.Equal(text, Encoding.UTF8.GetString(reader.Tape.Utf8(8)));
        Assert.Equal(Reading.Records(options, bytes), Reading.Streamed(options, bytes, 1));
    }

    [Fact]
    public void Auto_InXml_BelievesTheDeclaration()
    {
        byte[] bytes = [.. "<?xml version='1.0' encoding='Big5'?><a>"u8, 0xB1, 0x69, .. "</a>"u8];

        Assert.Equal(["\"張\"", "end"], Reading.Records(new FormatOptions { Format = MessageFormat.Xml, Encoding = TextEncodings.Auto }, bytes));
    }

    [Fact]
    public void Auto_ForNeither_NamesWhatWasTried() =>
        Assert.Equal(
            "Broken: in:1:2: error ENC101: byte FF (offset 1) is not GB18030 (auto); the file declares GB18030 (auto). Bytes: 41 FF",
            Reading.Records(Csv with { Header = false, Encoding = TextEncodings.Auto }, [0x41, 0xFF, 0x42])[0]);

    [Theory]
    [InlineData("iso-8859-2", "B1F6", "ąö")]
    [InlineData("iso-8859-5", "BCD8", "Ми")]
    [InlineData("iso-8859-7", "E1", "α")]
    [InlineData("iso-8859-15", "A4", "€")]
    public void Iso8859_HasItsParts(string encoding, string hex, string text) =>
        Assert.Equal([$"{{\"c1\":\"{text}\"}}", "end"], Reading.Records(Csv with { Header = false, Encoding = Reading.Named(encoding) }, Convert.FromHexString(hex)));
}
