using System.Text;
using Mappings.Diagnostics;
using Mappings.Yaml;
using Xunit;

namespace Tests.Yaml;

public sealed class YamlFileTests
{
    [Fact]
    public void Mapping_InOrder_KeepsKeysValuesAndPlaces()
    {
        var root = Read("b: 1\na:\n  - x\n  - { c: 'd' }\n");

        var mapping = Assert.IsType<YamlMapping>(root);
        Assert.Equal(["b", "a"], mapping.Entries.Select(e => e.Key));
        var list = Assert.IsType<YamlSequence>(mapping["a"]);
        Assert.Equal("f.yaml:3:5", list.Items[0].Position.ToString());
        var inner = Assert.IsType<YamlMapping>(list.Items[1]);
        Assert.Equal("f.yaml:4:5", inner.Position.ToString());
        Assert.Equal("f.yaml:4:11", inner["c"]!.Position.ToString());
        Assert.Equal("f.yaml:4:7", inner.Entry("c")!.KeyNode.Position.ToString());
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("007")]
    [InlineData("12:30")]
    [InlineData("1.50")]
    public void PlainScalar_OfAnyLook_StaysTheTextThatWasWritten(string text)
    {
        var root = (YamlMapping)Read("a: " + text);

        Assert.Equal(text, ((YamlScalar)root["a"]!).Value);
    }

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3", "f.yaml:3:1: error YML104: key \"a\" is already set at 1:1")]
    [InlineData("a: &x 1", "f.yaml:1:4: error YML114: anchors (&) are not part of the hub's YAML")]
    [InlineData("a: 1\nb: *x", "f.yaml:2:4: error YML115: aliases (*) are not part of the hub's YAML")]
    [InlineData("a: !!int 1", "f.yaml:1:4: error YML116: tags (!) are not part of the hub's YAML")]
    [InlineData("a: !env X", "f.yaml:1:4: error YML116: tags (!) are not part of the hub's YAML")]
    [InlineData("<<: { a: 1 }", "f.yaml:1:1: error YML107: merge keys (<<) are not part of the hub's YAML")]
    [InlineData("a: 1\n---\nb: 2", "f.yaml:2:1: error YML119: a second document begins here; a file holds one")]
    [InlineData("%YAML 1.1\n---\na: 1", "f.yaml:1:1: error YML118: directives (%YAML, %TAG) are not part of the hub's YAML")]
    [InlineData("{ a: 1 }: 2", "f.yaml:1:1: error YML117: a key must be one short text")]
    [InlineData("", "f.yaml: error YML102: the file is empty")]
    [InlineData("# only a remark\n", "f.yaml: error YML102: the file is empty")]
    [InlineData("a:\n\tb: 1", "f.yaml:2:1: error YML105: tab used for indentation")]
    [InlineData("a:\n  b: 1\n\tc: 2", "f.yaml:3:1: error YML105: tab used for indentation")]
    [InlineData("a: \"x\" & name", "f.yaml:1:7: error YML112: text follows the closing quote")]
    [InlineData("a: `order no`", "f.yaml:1:4: error YML113: a value cannot begin with `")]
    [InlineData("a: %.x", "f.yaml:1:4: error YML113: a value cannot begin with %")]
    [InlineData("a: \"open\nb: 1", "f.yaml:1:4: error YML109: what begins here is not closed before the file ends")]
    [InlineData("a: [ 1, 2", "f.yaml:1:4: error YML109: what begins here is not closed before the file ends")]
    [InlineData("a: 1\n  b: 2", "f.yaml:2:4: error YML101: this line cannot be read as YAML")]
    [InlineData("a: b\n\0c: d", "f.yaml:2:1: error YML152: control character U+0000 in the file")]
    [InlineData("a: b: c", "f.yaml:1:5: error YML101: this line cannot be read as YAML")]
    public void Text_ThatIsNotTheHubsYaml_IsRefusedWithItsPlace(string text, string line)
    {
        var findings = new Findings();

        Assert.Null(YamlFile.Parse("f.yaml", text, findings));

        Assert.Equal([line], findings.Sorted().Select(f => f.ToString()));
    }

    [Fact]
    public void TernaryOnOneLine_IsAnsweredWithTheRepairedBlock()
    {
        var findings = new Findings();

        YamlFile.Parse("f.yaml", "fields:\n  stage: = status = \"A\" ? \"won\" : \"open\"\n", findings);

        var finding = Assert.Single(findings);
        Assert.Equal("f.yaml:2:10: error YML110: an expression with \": \" needs a block", finding.ToString());
        Assert.Equal("write\nstage: |\n  = status = \"A\" ? \"won\" : \"open\"", finding.Fix(English));
    }

    [Theory]
    [InlineData("each: { expr: = a ? b : c, type: text }", "f.yaml:1:15", "expr:", "= a ? b : c, type: text")]
    [InlineData("list:\n  - = a ? b : c", "f.yaml:2:5", "-", "= a ? b : c")]
    [InlineData("list:\n  - when: = a ? b : c", "f.yaml:2:11", "when:", "= a ? b : c")]
    public void Ternary_InsideAListOrAFlowMapping_IsFoundToo(string text, string at, string key, string expression)
    {
        var findings = new Findings();

        Assert.Null(YamlFile.Parse("f.yaml", text, findings));

        var finding = Assert.Single(findings);
        Assert.Equal(("YML110", at, key, expression), (finding.Code, finding.At.ToString(), finding.Arguments["key"], finding.Arguments["text"]));
    }

    [Fact]
    public void Expression_OverSeveralPlainLines_NeedsABlock()
    {
        var findings = new Findings();

        Assert.Null(YamlFile.Parse("f.yaml", "a: = x +\n  y\nb: c\n", findings));

        Assert.Equal("f.yaml:1:4: error YML151: an expression over several lines needs a | block", Assert.Single(findings).ToString());
    }

    [Theory]
    [InlineData("a: = $replace(x, /\"/, \"\") # drops quotes")]
    [InlineData("a: = a / b / c # a rate")]
    [InlineData("a: = \"it's\" # one's remark")]
    public void TextBehindHash_OfAnExpressionThatIsWhole_IsARemark(string text)
    {
        var findings = new Findings();

        YamlFile.Parse("f.yaml", text, findings);

        Assert.Empty(findings);
    }

    [Fact]
    public void SeveralFaults_InOneFile_AreAllReported()
    {
        var findings = new Findings();

        YamlFile.Parse("f.yaml", "a: = x ? 1 : 2\nb: &n 1\n- c\n", findings);
        YamlFile.Parse("g.yaml", "a: = x ? 1 : 2\nb: = y ? 1 : 2\nc: `q`\na: 3\nd: *z\n", findings);

        Assert.Equal(
            ["f.yaml:1:4: YML110", "f.yaml:2:4: YML114", "f.yaml:3:1: YML101", "g.yaml:1:4: YML110", "g.yaml:2:4: YML110", "g.yaml:3:4: YML113", "g.yaml:4:1: YML104", "g.yaml:5:4: YML115"],
            findings.Sorted().Select(f => $"{f.At}: {f.Code}"));
    }

    [Theory]
    [InlineData("a: = x #$i.y", "$i.y")]
    [InlineData("a: = x & \" #1\"", "1\"")]
    [InlineData("a: = f(x # y)", " y)")]
    public void TextBehindHash_ThatBelongsToTheExpression_IsRefused(string text, string lost)
    {
        var findings = new Findings();

        Assert.Null(YamlFile.Parse("f.yaml", text, findings));

        var finding = Assert.Single(findings);
        Assert.Equal("YML111", finding.Code);
        Assert.Equal(lost, finding.Arguments["lost"]);
    }

    [Fact]
    public void TextBehindHash_ThatIsARemark_IsFine()
    {
        var root = (YamlMapping)Read("a: = lines[cancelled = false]   # computed once per order\n");

        Assert.Equal("= lines[cancelled = false]", ((YamlScalar)root["a"]!).Value);
    }

    [Fact]
    public void File_AboveALimit_IsRefusedWithTheLimit()
    {
        Assert.Equal("f.yaml: error YML120: the file is larger than 1 MB", First("a: " + new string('x', 1024 * 1024)));
        Assert.Equal("f.yaml:1:33: error YML121: more than 32 levels inside each other", First(new string('[', 40) + new string(']', 40)));
        Assert.Equal("f.yaml:50000:3: error YML122: more than 50,000 values in one file", First(string.Concat(Enumerable.Repeat("- a\n", 60_000))));
        Assert.Equal("f.yaml:1:33: error YML121: more than 32 levels inside each other", First(new string('[', 100_000)));
    }

    [Fact]
    public void Bytes_ThatAreNotUtf8_NameTheLine()
    {
        var findings = new Findings();

        Assert.Null(YamlFile.Parse("f.yaml", [.. "a: 1\nb: "u8, 0xD6, 0xD0], findings));

        Assert.Equal("f.yaml:2: error YML106: the file is not UTF-8 (bytes D6)", Assert.Single(findings).ToString());
    }

    [Fact]
    public void ByteOrderMark_BeforeTheFirstKey_IsNotPartOfIt()
    {
        var findings = new Findings();

        var root = (YamlMapping)YamlFile.Parse("f.yaml", [0xEF, 0xBB, 0xBF, .. "a: 1"u8], findings)!;

        Assert.Equal("a", root.Entries[0].Key);
        Assert.Equal("f.yaml:1:1", root.Entries[0].KeyNode.Position.ToString());
    }

    private static readonly System.Globalization.CultureInfo English = System.Globalization.CultureInfo.InvariantCulture;

    private static YamlNode Read(string text)
    {
        var findings = new Findings();
        var root = YamlFile.Parse("f.yaml", Encoding.UTF8.GetBytes(text), findings);
        Assert.Empty(findings);
        return root!;
    }

    private static string First(string text)
    {
        var findings = new Findings();
        Assert.Null(YamlFile.Parse("f.yaml", text, findings));
        return Assert.Single(findings).ToString();
    }
}
