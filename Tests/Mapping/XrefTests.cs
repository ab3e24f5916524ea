using System.Buffers;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Mapping;
using Mappings.Xrefs;

namespace Tests.Mapping;

public sealed class XrefTests
{
    private const string Head = "source: { system: erp }\ntarget: { system: crm }\n";

    [Theory]
    [InlineData("error")]
    [InlineData("hold")]
    [InlineData("create")]
    [InlineData("later")]
    public void Id_ThatIsKnown_BecomesTheOtherSystems(string missing) =>
        Assert.Equal("""{"f":"A-77"}""", Run(Field(missing), "\"C1\"").Text);

    [Fact]
    public void Id_IsLookedForAfterTheMapAndConvertedAfterwards() =>
        Assert.Equal("""{"f":77}""", Run("f: { from: x, trim: true, map: { one: N1 }, xref: { entity: account, from: erp, to: crm }, type: integer }", "\" one \"").Text);

    [Fact]
    public void Id_ThatIsAbsent_IsAnError()
    {
        var (text, notes) = Run(Field("error"), "\"C9\"");

        Assert.Equal("message:1:6: error XRF401: f: there is no crm account for erp C9", text);
        Assert.Empty(notes.Wanted);
    }

    [Fact]
    public void Id_ThatIsAbsent_IsABadValueLikeAnyOther() =>
        Assert.Equal(
            "{}\nmessage:1:6: warning XRF401: f: there is no crm account for erp C9",
            Run("f: { from: x, xref: { entity: account, from: erp, to: crm }, on_error: drop }", "\"C9\"").Text);

    [Fact]
    public void Hold_WithoutTheEntry_WritesNothingAndNamesIt()
    {
        var (text, notes) = Run("f: { from: x, xref: { entity: account, from: erp, to: crm, missing: hold, hold_for: 2h } }", "\"C9\"");

        Assert.Equal("Held\nmessage:1:6: warning XRF402: f: there is no crm account for erp C9 yet; held until it arrives", text);
        Assert.Equal([(new XrefKey("account", "erp", "C9", "crm"), TimeSpan.FromHours(2))], notes.Held);
    }

    [Fact]
    public void Hold_OfARecordThatIsWrongAnyway_IsAnErrorAtOnce() =>
        Assert.StartsWith("message:1:6: warning XRF402", Run(Field("hold") + "\ng: y", "\"C9\"").Text, StringComparison.Ordinal);

    [Fact]
    public void Create_WithoutTheEntry_MakesTheSameIdEachTime()
    {
        var (text, notes) = Run(Field("create"), "\"C9\"");
        var again = Run(Field("create"), "\"C9\"");

        var entry = Assert.Single(notes.Created);
        Assert.Equal($$"""{"f":"{{entry.Target}}"}""", text);
        Assert.Equal("0d2237d0-3d99-8611-acf3-7a70b5a5b7ed", entry.Target);
        Assert.Equal(text, again.Text);
        Assert.NotEqual(entry.Target, MadeId.Of(new XrefKey("accountC", "erp", "9", "crm")));
    }

    [Fact]
    public void Later_WithoutTheEntry_LeavesARequiredFieldOut()
    {
        var (text, notes) = Run(Field("later"), "\"C9\"");

        Assert.Equal("{}\nmessage:1:6: warning XRF403: f: there is no crm account for erp C9 yet; left out, and mapped again when it arrives", text);
        Assert.Equal([new XrefKey("account", "erp", "C9", "crm")], notes.Wanted);
    }

    [Fact]
    public void Value_ThatIsMissing_IsNoQuestionOfTheIdentityMap() =>
        Assert.Contains("DAT303", Run(Field("later"), "null").Text, StringComparison.Ordinal);

    [Fact]
    public void Secret_IsNotShown() =>
        Assert.DoesNotContain("C9", Run("f: { from: x, secret: true, xref: { entity: account, from: erp, to: crm } }", "\"C9\"").Text, StringComparison.Ordinal);

    [Fact]
    public void Unknown_KeysOfTheWholeRecord_AreAskedForTogether()
    {
        var plan = Mapped.Plan(Mapped.Fields("f: { from: x, xref: { entity: account, from: erp, to: crm } }\nl:\n  each: lines\n  fields: { p: { from: sku, xref: { entity: product, from: erp, to: crm } } }", Head));
        using var run = new MappingRun(plan) { XrefSource = new Nothing() };

        var result = plan.Run(run, Record("""{"x":"C1","lines":[{"sku":"P1"},{"sku":"P2"}]}"""), new ArrayBufferWriter<byte>());

        Assert.Equal(MappingResultKind.NeedsXrefs, result.Kind);
        Assert.Equal(["account C1", "product P1", "product P2"], run.Xrefs.Unknown.Select(k => $"{k.Entity} {k.Id}"));
    }

    [Fact]
    public void Identity_OfAMappedRecord_NamesBothIds()
    {
        var (_, notes) = Run("code: x", "\"C1\"", Head + "identity: { entity: account, from: x, to: code }\n");

        Assert.Equal(new XrefEntry(new XrefKey("account", "erp", "C1", "crm"), "C1"), notes.Identity);
    }

    [Fact]
    public void Identity_WithoutAnId_IsAnError() =>
        Assert.Equal(
            "message:1:1: error XRF404: identity.to: identity: none gives no value, no text or number",
            Run("code: x\nnone: { from: y, required: false }", "\"C1\"", Head + "identity: { entity: account, from: x, to: none }\n").Text);

    [Fact]
    public void Systems_ThatAreNotConfigured_AreErrors()
    {
        var context = Mapped.Context with { Systems = new HashSet<string> { "erp", "crm" }, Identities = new HashSet<(string, string, string)> { ("account", "erp", "crm") } };

        Assert.Equal(
            ["m.yaml:7:57: error MAP280: f: there is no system \"cmr\"; did you mean \"crm\"?", "m.yaml:8:57: error MAP281: g: an id of erp is looked for in erp itself", "m.yaml:9:33: warning MAP283: h: no mapping establishes acount from erp to crm; did you mean \"account\"?"],
            Mapped.Wrong(Mapped.Fields("f: { from: x, xref: { entity: account, from: erp, to: cmr } }\ng: { from: x, xref: { entity: account, from: erp, to: erp } }\nh: { from: x, xref: { entity: acount, from: erp, to: crm } }", Head + "identity: { entity: account, from: x, to: f }\n"), context));
    }

    [Theory]
    [InlineData("f: { from: x, xref: { entity: account, from: erp, to: crm, hold_for: 1h } }", "m.yaml:4:62: error MAP213: f: hold_for needs missing: hold")]
    [InlineData("f: { const: x, xref: { entity: account, from: erp, to: crm } }", "m.yaml:4:18: error MAP212: f: xref does not go with const")]
    public void Xref_WhereItMeansNothing_IsRefused(string field, string finding) => Assert.Equal([finding], Mapped.Wrong(Mapped.Fields(field)));

    [Fact]
    public void Identity_NeedsBothSystems() =>
        Assert.Equal(["m.yaml:4:1: error MAP282: identity: identity needs target.system: an entry belongs to two systems"], Mapped.Wrong(Mapped.Fields("f: x", "source: { system: erp }\nidentity: { entity: account, from: x, to: f }\n")));

    [Fact]
    public void File_GivesItsEntries()
    {
        var findings = new Findings();

        var entries = XrefFile.Read("x.csv", Encoding.UTF8.GetBytes("to,target,entity,from,id\ncrm,A-77,account,erp,C1\n"), findings);

        Assert.Equal([new XrefEntry(new XrefKey("account", "erp", "C1", "crm"), "A-77")], entries!);
    }

    [Theory]
    [InlineData("entity,from,id,to\naccount,erp,C1,crm\n", "x.csv:2:1: error XRF411: target: the row has no column target")]
    [InlineData("entity,from,id,to,target\naccount,erp,,crm,A\n", "x.csv:2:1: error XRF412: id: id is empty")]
    [InlineData("entity,from,id,to,target\n", "x.csv: error XRF413: there are no entries")]
    public void File_ThatIsWrong_SaysWhere(string csv, string finding)
    {
        var findings = new Findings();

        Assert.Null(XrefFile.Read("x.csv", Encoding.UTF8.GetBytes(csv), findings));
        Assert.Equal([finding], findings.Select(f => f.ToString()));
    }

    private static string Field(string missing) => $"f: {{ from: x, xref: {{ entity: account, from: erp, to: crm, missing: {missing} }} }}";

    private static (string Text, XrefNotes Notes) Run(string fields, string value, string head = Head)
    {
        var plan = Mapped.Plan(Mapped.Fields(fields, head));
        var known = new MemoryXrefs();
        known.Add(new XrefEntry(new XrefKey("account", "erp", "C1", "crm"), "A-77"));
        known.Add("account", "N1", "77");
        using var run = new MappingRun(plan) { XrefSource = known };
        var output = new ArrayBufferWriter<byte>();
        var result = plan.Run(run, Record($$"""{"x":{{value}}}"""), output);
        string[] shown = result.Kind switch
        {
            MappingResultKind.Mapped => [Encoding.UTF8.GetString(output.WrittenSpan)],
            MappingResultKind.Failed => [],
            var kind => [kind.ToString()],
        };
        return (string.Join('\n', [.. shown, .. result.Findings.Select(f => f.ToString())]), run.Xrefs);
    }

    private static Value Record(string json)
    {
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), builder, ReaderOptions.Default, out _));
        return Value.FromTape(builder.Build(), 0);
    }

    private sealed class Nothing : IXrefSource
    {
        public XrefAnswer Find(in XrefKey key) => XrefAnswer.Unknown;
    }
}
