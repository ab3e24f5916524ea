using System.Diagnostics;
using System.Text;
using Mappings.Formats;
using Tests.Architecture;

namespace Tests.Formats;

/// <summary>
/// Files damaged at random, against every reader: whatever comes is an answer, never an exception, and does not depend on
/// how the bytes come in. The seed is fixed, so that a failure comes again.
/// </summary>
public class ByteFuzzTests
{
    private const int Rounds = 400;
    private static readonly byte[] Telling = "\"'<>&{}[],:;+*~?\\/\r\n\t \0\x1A-.0A"u8.ToArray();

    public static TheoryData<string> Readers => [.. Files.Keys];

    private static Dictionary<string, (FormatOptions Options, byte[] Bytes)> Files { get; } = new()
    {
        ["json array"] = (new FormatOptions { Record = "[]" }, """[{"a":1,"b":["x",null,true]},{"a":-1.5e3,"名":"\u4e2d\n"}]"""u8.ToArray()),
        ["json path"] = (new FormatOptions { Record = "d.o" }, """{"m":{"k":[1]},"d":{"o":[{"a":1},2,"x"],"z":0}}"""u8.ToArray()),
        ["ndjson"] = (new FormatOptions { Format = MessageFormat.NdJson }, "{\"a\":1}\n\n[1,2]\r\n\"张\"\n"u8.ToArray()),
        ["csv"] = (new FormatOptions { Format = MessageFormat.Csv, Encoding = Reading.Named("gbk") }, Gbk("code,name\r\n1,\"张, \"\"伟\"\"\"\r\n2,李\n\n3,x")),
        ["csv auto"] = (new FormatOptions { Format = MessageFormat.Csv, Encoding = Reading.Named("auto") }, Gbk("code;name\n1,张伟\n")),
        ["xml"] = (new FormatOptions { Format = MessageFormat.Xml, Record = "/l/r", Encoding = Reading.Named("gbk") }, Gbk("<?xml version=\"1.0\" encoding=\"gbk\"?><l><r 编号=\"1\"><b>张伟</b><b/></r><r>&lt;<![CDATA[x]]></r></l>")),
        ["xml auto"] = (new FormatOptions { Format = MessageFormat.Xml, Encoding = Reading.Named("auto") }, Gbk("<?xml version='1.0' encoding='gbk'?><l a='b'>张<!-- x --></l>")),
        ["fixed bytes"] = (EdiExamples.Options(MessageFormat.Fixed, File.ReadAllText(Repository.Path("config", "layouts", "bank-b2.yaml"))) with { Record = "detail", Encoding = Reading.Named("gb18030") }, File.ReadAllBytes(Repository.Path("config", "samples", "bank-b2.txt"))),
        ["fixed chars"] = (EdiExamples.Options(MessageFormat.Fixed, "layout: l\nwidths: chars\nline: { length: 6, end: none }\nrecords:\n  order:\n    fields: { a: { at: 1, length: 4 }, b: { at: 5, length: 2, type: integer, sign: overpunch } }\n"), "张伟ab12王芳  0{"u8.ToArray()),
        ["edifact"] = (EdiExamples.Edifact, Encoding.UTF8.GetBytes(EdiExamples.Orders)),
        ["x12"] = (EdiExamples.X12, Encoding.UTF8.GetBytes(EdiExamples.Purchase)),
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public void Reader_OfDamagedBytes_AlwaysAnswersTheSame(string name)
    {
        var (options, bytes) = Files[name];
        var random = new Random(20241105);
        var tight = options with { Reader = options.Reader with { MaxDocumentBytes = 1024, MaxFieldBytes = 256, MaxDepth = 4, MaxNodes = 50, MaxNumberDigits = 20 } };
        var started = Stopwatch.StartNew();
        for (var round = 0; round < Rounds && started.Elapsed < TimeSpan.FromSeconds(5); round++)
        {
            var damaged = Damage(bytes, random);
            var whole = Reading.Records(options, damaged);
            Assert.Equal(whole, Reading.Streamed(options, damaged, 1 + random.Next(16)));
            Reading.Streamed(tight, damaged, 64);
            Assert.True(whole.Length <= damaged.Length + 2, "There are more records than bytes.");
        }

        Assert.True(started.Elapsed < TimeSpan.FromSeconds(60), "A reader hangs.");
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = bytes.ToList();
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
        {
            var at = random.Next(damaged.Count + 1);
            var one = random.Next(2) == 0 ? Telling[random.Next(Telling.Length)] : (byte)random.Next(256);
            switch (random.Next(6))
            {
                case 0 when at < damaged.Count: damaged[at] = one; break;
                case 1 when at < damaged.Count: damaged.RemoveAt(at); break;
                case 2: damaged.RemoveRange(at, damaged.Count - at); break;
                case 3: damaged.InsertRange(at, damaged.GetRange(0, Math.Min(damaged.Count, random.Next(200)))); break;
                case 4: damaged.InsertRange(at, Enumerable.Repeat(one, random.Next(3000))); break;
                default: damaged.Insert(at, one); break;
            }
        }

        return [.. damaged];
    }

    private static byte[] Gbk(string text)
    {
        _ = Reading.Named("gbk");
        return Encoding.GetEncoding("gbk").GetBytes(text);
    }
}
