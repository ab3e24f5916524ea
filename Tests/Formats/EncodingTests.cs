using System.Buffers;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Xunit;

namespace Tests.Formats;

public class EncodingTests
{
    /// <summary>Where .NET's decoder gives one character that is not for private use or a control, it is text; else it is refused.</summary>
    [Theory]
    [InlineData("gbk", 936)]
    [InlineData("gb18030", 54936)]
    [InlineData("big5", 950)]
    [InlineData("shift_jis", 932)]
    public void Bytes_EveryPairOfTwo_IsThatCharacterOrRefused(string name, int codePage)
    {
        var encoding = Reading.Named(name);
        var lenient = Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, new DecoderReplacementFallback("\uFFFD"));
        var mayBePrivate = codePage == 54936;
        for (var pair = 0x8000; pair <= 0xFFFF; pair++)
        {
            byte[] bytes = [.. "long plain text before "u8, (byte)(pair >> 8), (byte)pair, .. " and behind"u8];
            var expected = lenient.GetString(bytes);
            var isText = !expected.Any(c => c is '\uFFFD' or (>= '\u0080' and <= '\u009F') || (!mayBePrivate && c is >= '\uE000' and <= '\uF8FF')) && (codePage != 936 || pair >> 8 != 0x80);
            Assert.Equal(isText, encoding.TryToUtf8(bytes, "in", out var utf8, out _));
            if (isText) Assert.Equal(expected, Encoding.UTF8.GetString(utf8.Span));
        }
    }

    [Theory]
    [InlineData("gbk", "张伟,部门€")]
    [InlineData("gb18030", "张伟㛃€😀")]
    [InlineData("big5", "張偉")]
    [InlineData("shift_jis", "東京ｱ")]
    [InlineData("utf-16", "张伟😀")]
    [InlineData("utf-16be", "张伟😀")]
    [InlineData("iso-8859-1", "Köln")]
    [InlineData("UTF-8", "张伟😀")]
    public void Text_EncodedAndDecoded_IsTheSame(string name, string text)
    {
        var encoding = Reading.Named(name);
        Assert.Equal(name, encoding.Name);
        text = encoding.Display == "GBK" ? text.Replace("€", "", StringComparison.Ordinal) : text;
        var output = new ArrayBufferWriter<byte>();
        Assert.True(encoding.TryEncode(Encoding.UTF8.GetBytes(text), output, false, SourcePosition.None, "", out _));
        Assert.True(encoding.TryToUtf8(output.WrittenMemory, "in", out var back, out _));
        Assert.Equal(text, Encoding.UTF8.GetString(back.Span));
    }

    [Theory]
    [InlineData("gbk", new byte[] { 0x41, 0xFF, 0x42 }, "in:1:2: error ENC101: byte FF (offset 1) is not GBK; the file declares GBK. Bytes: 41 FF")]
    [InlineData("gbk", new byte[] { 0x41, 0x80, 0x42 }, "in:1:2: error ENC101: byte 80 (offset 1) is not GBK; the file declares GBK. Bytes: 41 80")]
    [InlineData("gbk", new byte[] { 0xD5, 0xC5, 0x0A, 0xAA, 0xA1 }, "in:2:1: error ENC101: byte AA (offset 3) is not GBK; the file declares GBK. Bytes: C5 0A AA")]
    [InlineData("gbk", new byte[] { 0xD5, 0xC5, 0xD5 }, "in:1:2: error ENC101: byte D5 (offset 2) is not GBK; the file declares GBK. Bytes: D5 C5 D5")]
    [InlineData("gb18030", new byte[] { 0x41, 0xFF }, "in:1:2: error ENC101: byte FF (offset 1) is not GB18030; the file declares GB18030. Bytes: 41 FF")]
    [InlineData("big5", new byte[] { 0x41, 0x80 }, "in:1:2: error ENC101: byte 80 (offset 1) is not Big5; the file declares Big5. Bytes: 41 80")]
    [InlineData("shift_jis", new byte[] { 0xA0 }, "in:1:1: error ENC101: byte A0 (offset 0) is not Shift_JIS; the file declares Shift_JIS. Bytes: A0")]
    [InlineData("utf-16", new byte[] { 0x41, 0x00, 0x00, 0xD8, 0x41, 0x00 }, "in:1:2: error ENC101: byte 00 (offset 2) is not UTF-16; the file declares UTF-16. Bytes: 41 00 00")]
    [InlineData("utf-8", new byte[] { 0x41, 0xC0, 0x20 }, "in:1:2: error ENC101: byte C0 (offset 1) is not UTF-8; the file declares UTF-8. Bytes: 41 C0")]
    public void Bytes_NotOfTheEncoding_AreNamed(string name, byte[] bytes, string expected)
    {
        Assert.False(Reading.Named(name).TryToUtf8(bytes, "in", out _, out var error));
        Assert.Equal(expected, error.ToString());
    }

    [Theory]
    [InlineData("gbk", 1)]
    [InlineData("gbk", 2)]
    [InlineData("big5", 1)]
    [InlineData("big5", 2)]
    [InlineData("shift_jis", 1)]
    [InlineData("shift_jis", 2)]
    public void Bytes_Accepted_AreNeverReplacementOrPrivateUse(string name, int length)
    {
        var encoding = Reading.Named(name);
        var accepted = 0;
        for (var value = 0; value < (length == 1 ? 256 : 65536); value++)
        {
            byte[] bytes = length == 1 ? [(byte)value] : [(byte)(value >> 8), (byte)value];
            if (!encoding.TryToUtf8(bytes, "in", out var utf8, out _)) continue;
            accepted++;
            foreach (var rune in Encoding.UTF8.GetString(utf8.Span).EnumerateRunes())
            {
                Assert.False(rune.Value is 0xFFFD or (>= 0xE000 and <= 0xF8FF) or (>= 0x80 and <= 0x9F), $"{value:X4} is read as U+{rune.Value:X4}");
            }
        }

        Assert.InRange(accepted, length == 1 ? 128 : 10_000, 65_535);
    }

    [Theory]
    [InlineData("gbk", "㛃", "in: error ENC110: fullName: 㛃 (U+36C3) does not exist in GBK")]
    [InlineData("gbk", "€", "in: error ENC110: fullName: € (U+20AC) does not exist in GBK")]
    [InlineData("gbk", "\uE000", "in: error ENC110: fullName: \uE000 (U+E000) does not exist in GBK")]
    [InlineData("big5", "伟", "in: error ENC110: fullName: 伟 (U+4F1F) does not exist in Big5")]
    [InlineData("iso-8859-1", "😀", "in: error ENC110: fullName: 😀 (U+1F600) does not exist in ISO-8859-1")]
    public void Character_TheTargetCannotHold_IsNamed(string name, string character, string expected)
    {
        var utf8 = Encoding.UTF8.GetBytes("A" + character);
        Assert.False(Reading.Named(name).TryEncode(utf8, new ArrayBufferWriter<byte>(), false, SourcePosition.WholeFile("in"), "fullName", out var error));
        Assert.Equal(expected, error.ToString());
        var replaced = new ArrayBufferWriter<byte>();
        Assert.True(Reading.Named(name).TryEncode(utf8, replaced, true, SourcePosition.None, "", out var none));
        Assert.Null(none);
        Assert.Equal("A?"u8.ToArray(), replaced.WrittenSpan.ToArray());
    }

    [Fact]
    public void Utf8_WithOneBadByteAmongChinese_IsNotTakenForGbk()
    {
        byte[] bytes = [.. "王伟,"u8, 0xC1, 0xF5];
        Assert.False(Reading.Named("utf-8").TryToUtf8(bytes, "in", out _, out var error));
        Assert.Equal("ENC101", error.Code);
    }

    [Theory]
    [InlineData("gbk", 1)]
    [InlineData("gb18030", 3)]
    [InlineData("utf-16", 5)]
    [InlineData("utf-8", 2)]
    public void Stream_OfAnyBlockSize_ReadsAsTheWhole(string name, int atATime)
    {
        var text = string.Concat(Enumerable.Range(0, 9_000).Select(i => $"张伟{i},北京\r\n"));
        var output = new ArrayBufferWriter<byte>();
        Assert.True(Reading.Named(name).TryEncode(Encoding.UTF8.GetBytes(text), output, false, SourcePosition.None, "", out _));
        var options = new FormatOptions { Format = MessageFormat.Csv, Header = false, Encoding = Reading.Named(name) };
        var whole = Reading.Records(options, output.WrittenSpan.ToArray());
        Assert.Equal(9_001, whole.Length);
        Assert.Equal("{\"c1\":\"张伟8999\",\"c2\":\"北京\"}", whole[^2]);
        Assert.Equal(whole, Reading.Streamed(options, output.WrittenSpan.ToArray(), atATime));
    }

    [Fact]
    public void Name_Unknown_IsNotResolved() => Assert.False(TextEncodings.TryGet("gbk2", out _));
}
