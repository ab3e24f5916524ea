using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Mappings.Documents;
using Mappings.Formats;
using Mappings.Formats.Json;
using Xunit;

namespace Tests.Formats;

public class JsonPropertyTests
{
    /// <summary>Escapes everything beyond ASCII: the reader has to undo it.</summary>
    private static readonly JsonSerializerOptions Escaped = new();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Json_RoundTrip_EqualsTheNormalFormOfSystemTextJson() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Arb.From(Documents), document =>
        {
            foreach (var layout in new[] { Escaped, Indented })
            {
                var text = JsonSerializer.Serialize(document, layout);
                var written = Reading.Json(text);
                Assert.True(JsonNode.DeepEquals(document, JsonNode.Parse(written)), $"{text}\n{written}");
                Assert.Equal(Reading.Json(JsonSerializer.Serialize(document, Relaxed)), written);
            }
        }));

    [Fact]
    public void Json_RandomBytes_NeverThrowAndAgreeWithSystemTextJson() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Arb.From(Damaged), bytes =>
        {
            var builder = new TapeBuilder();
            var read = JsonTapeReader.TryRead(bytes, builder, ReaderOptions.Default, out var error);
            // The limits are ours alone.
            if (error is null || !error.Code.StartsWith("LIM", StringComparison.Ordinal)) Assert.Equal(Accepts(bytes), read);
            Assert.Equal(read, error is null);
        }));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Readers_RandomBytes_NeverThrow(int atATime) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Arb.From(Damaged), bytes =>
        {
            foreach (var format in Enum.GetValues<MessageFormat>().Where(f => f <= MessageFormat.Xml))
            {
                foreach (var encoding in new[] { "utf-8", "gbk", "gb18030", "utf-16", "big5", "shift_jis", "iso-8859-1" })
                {
                    var options = new FormatOptions { Format = format, Encoding = Reading.Named(encoding), Record = format == MessageFormat.Json ? "[]" : null };
                    Assert.Equal(Reading.Records(options, bytes), Reading.Streamed(options, bytes, atATime));
                }
            }
        }));

    [Fact]
    public void Xml_RandomDamage_NeverThrowsAndReadsTheSameFromAnyStream() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(DamagedXml), bytes =>
        {
            foreach (var record in new[] { null, "/l/r" })
            {
                var options = new FormatOptions { Format = MessageFormat.Xml, Record = record };
                Assert.Equal(Reading.Records(options, bytes), Reading.Streamed(options, bytes, 3));
            }
        }));

    private static Gen<byte[]> DamagedXml =>
        from at in Gen.Choose(0, 10_000)
        from with in Gen.Elements("\"", "<", ">", "/", "'", "&", "&amp;", "=", "]]>", "<![CDATA[", "<!--", "<?", "<!DOCTYPE l>", "\r", "\n", "\0", "张", "\uFEFF", "x", "<r>", "</r>")
        from raw in Gen.Choose(0, 511)
        from cut in Gen.Choose(0, 3)
        select Damage("<?xml version=\"1.0\"?>\r\n<l a='1'>\r<r 编号=\"1\"><b>张伟</b><b/></r>\n<r><![CDATA[x<y]]></r><!-- c --><r>&lt;</r></l>"u8.ToArray(), at, Encoding.UTF8.GetBytes(with), raw, cut);

    private static Gen<JsonNode?> Documents => Gen.Sized(size => Node(Math.Min(size, 24)));

    private static Gen<byte[]> Damaged =>
        from document in Documents
        from at in Gen.Choose(0, 10_000)
        from with in Gen.Elements("\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", "e", ".", "t", "\n", "\0", "张", "\uFEFF", "<", ">", "/", "'", "&", " ")
        from raw in Gen.Choose(0, 511)
        from cut in Gen.Choose(0, 3)
        select Damage(JsonSerializer.SerializeToUtf8Bytes(document, Relaxed), at, Encoding.UTF8.GetBytes(with), raw, cut);

    private static byte[] Damage(byte[] text, int at, byte[] with, int raw, int cut)
    {
        at %= text.Length + 1;
        byte[] inserted = raw < 256 ? [(byte)raw] : with;
        return cut switch
        {
            0 => text[..at],
            1 => [.. text[..at], .. inserted, .. text[at..]],
            2 => [.. text[..at], .. inserted, .. text[Math.Min(text.Length, at + 1)..]],
            _ => [.. text, .. inserted],
        };
    }

    private static Gen<JsonNode?> Node(int size)
    {
        var leaf = Gen.OneOf(
            Gen.Constant<JsonNode?>(null),
            Gen.Elements(true, false).Select(b => (JsonNode?)JsonValue.Create(b)),
            Gen.Choose(int.MinValue, int.MaxValue).Select(i => (JsonNode?)JsonValue.Create(i)),
            Gen.Choose(-1_000_000, 1_000_000).Select(i => (JsonNode?)JsonValue.Create(i / 1000m)),
            Text.Select(s => (JsonNode?)JsonValue.Create(s)));
        if (size == 0) return leaf;
        var inner = Node(size / 3);
        return Gen.OneOf(
            leaf,
            inner.ArrayOf(size % 5).Select(items => (JsonNode?)new JsonArray([.. items.Select(Copy)])),
            Text.Zip(inner).ArrayOf(size % 7).Select(members => (JsonNode?)new JsonObject(members.DistinctBy(m => m.Item1).Select(m => KeyValuePair.Create(m.Item1, Copy(m.Item2))))));
    }

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static Gen<string> Text =>
        Gen.Elements("a", "order", "\"", "\\", "\n", "\u0001", "张伟", "é", "😀", " ", "/", "\u007f", "\u2028", "0123456789abcdef").ArrayOf().Select(parts => string.Concat(parts.Take(6)));

    private static bool Accepts(byte[] bytes)
    {
        try
        {
            ReadOnlyMemory<byte> text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 128 });
            // It looks into names and texts only when they are asked for.
            _ = JsonSerializer.Serialize(document.RootElement);
            _ = new UTF8Encoding(false, true).GetCharCount(bytes);
            return true;
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return false;
        }
    }
}
