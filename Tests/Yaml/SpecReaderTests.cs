using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Yaml;
using Xunit;

namespace Tests.Yaml;

public sealed class SpecReaderTests
{
    private static readonly ObjectSpec Inner = new("retry", "How often.", "{ immediate: 2 }",
    [
        FieldSpec.Optional("immediate", FieldType.Integer(0, 10), "At once.", "2", "3"),
        FieldSpec.Optional("delayed", FieldType.List(FieldType.Duration), "Later.", "[ 10s, 1m ]"),
    ]);

    private static readonly ObjectSpec Filter = new("step filter", "Drops.", "status = 1",
        [FieldSpec.Required("when", FieldType.Expression, "Condition.", "status = 1"), FieldSpec.Optional("reason", FieldType.Text, "Why.", "draft")], shortField: "when");

    private static readonly ObjectSpec Everything = new("thing", "All kinds.", "{ name: a }",
    [
        FieldSpec.Required("name", FieldType.Name, "Its name.", "crm"),
        FieldSpec.Optional("text", FieldType.Text, "A text.", "hello"),
        FieldSpec.Optional("count", FieldType.Integer(1, 64), "How many.", "4"),
        FieldSpec.Optional("share", FieldType.Decimal(0, 1), "How much.", "0.5"),
        FieldSpec.Optional("active", FieldType.Boolean, "Whether.", "true"),
        FieldSpec.Optional("wait", FieldType.Duration, "How long.", "30s", "10s"),
        FieldSpec.Optional("body", FieldType.Size, "How large.", "10MB"),
        FieldSpec.Optional("rate", FieldType.Rate, "How fast.", "10/s"),
        FieldSpec.Optional("jitter", FieldType.Percent, "How loose.", "20%"),
        FieldSpec.Optional("key", FieldType.Expression, "Which.", "header.id"),
        FieldSpec.Optional("file", FieldType.Path, "Where.", "data/x.json"),
        FieldSpec.Optional("from", FieldType.Reference(ReferenceKind.Endpoint), "Whence.", "crm.deals"),
        FieldSpec.Optional("after_dead", FieldType.OneOf("continue", "hold"), "What then.", "hold"),
        FieldSpec.Optional("retry", FieldType.Object(Inner), "Again.", "{ immediate: 2 }", "{}"),
        FieldSpec.Optional("to", FieldType.ListOrOne(FieldType.Reference(ReferenceKind.Endpoint), 1), "Whither.", "[ crm.deals, oa.tasks ]"),
        FieldSpec.Optional("headers", FieldType.MapOf(FieldType.Text), "With it.", "{ accept: json }"),
        FieldSpec.Optional("constant", FieldType.Scalar, "A constant.", "1"),
        FieldSpec.Optional("seed", FieldType.Any, "Anything.", "[ 1, { a: 2 } ]"),
        FieldSpec.Optional("choice", FieldType.Either(FieldType.Boolean, FieldType.Duration, FieldType.List(FieldType.Name)), "One or other.", "5s"),
        FieldSpec.Optional("filter", FieldType.Object(Filter), "Only some.", "status = 1"),
        FieldSpec.Optional("password", FieldType.Integer(), "Its secret.", "1234").AsSecret(),
    ]);

    [Fact]
    public void EveryKind_HasAChecker()
    {
        FieldKind[] shapes = [FieldKind.Object, FieldKind.List, FieldKind.MapOf, FieldKind.Any, FieldKind.Either];

        Assert.Equal(Enum.GetValues<FieldKind>().Except(shapes).Order(), ScalarChecks.ByKind.Keys.Order());
        Assert.Equal(Enum.GetValues<FieldKind>().Order(), Everything.Fields.Select(f => f.Type.Kind).Distinct().Order());
    }

    [Fact]
    public void Spec_WithExamplesOfItsKinds_AgreesWithItself()
    {
        Assert.Empty(SpecExamples.Check(Everything));

        var wrong = new ObjectSpec("x", "Wrong.", "{ a: 1 }", [FieldSpec.Optional("a", FieldType.Duration, "Time.", "soon")]);
        Assert.Equal(["x:1:6: error YML135: a: \"1\" is not a duration", "x.a:1:1: error YML135: \"soon\" is not a duration"], SpecExamples.Check(wrong).Select(f => f.ToString()));
    }

    [Fact]
    public void Value_OfEachKind_IsReadTyped()
    {
        var value = Read("""
            name: crm
            text: 'a # b'
            count: 4
            share: 0.25
            active: true
            wait: 250ms
            body: 64KB
            rate: 600/m
            jitter: 20%
            key: = header.id
            file: data/x.json
            from: crm.deals
            after_dead: hold
            retry: { delayed: [ 10s, 1m ] }
            to: crm.deals
            headers: { b: 1, a: 2 }
            constant: 19.990
            seed: [ 1, { a: 2 } ]
            choice: 5s
            filter: status != "DRAFT"
            password: 1234
            """);

        Assert.Equal("crm", value.Text("name"));
        Assert.Equal("a # b", value.Text("text"));
        Assert.Equal(4, value.Integer("count"));
        Assert.Equal(0.25m, value.Decimal("share"));
        Assert.True(value.Boolean("active"));
        Assert.Equal(TimeSpan.FromMilliseconds(250), value.Duration("wait"));
        Assert.Equal(65_536, value.Size("body"));
        Assert.Equal(new Rate(600, TimeSpan.FromMinutes(1)), value.Rate("rate"));
        Assert.Equal(0.2m, value.Percent("jitter"));
        Assert.Equal("header.id", value.Expression("key").Text);
        Assert.Equal("hold", value.Text("after_dead"));
        Assert.Equal(3, value.Object("retry").Integer("immediate"));
        Assert.Equal([TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)], value.Object("retry").List("delayed").Select(i => i.Duration));
        Assert.Equal(["crm.deals"], value.Texts("to"));
        Assert.Equal(["b", "a"], value.Map("headers").Keys);
        Assert.Equal(new YamlConstant(YamlConstantKind.Number, "19.990"), value.Constant("constant"));
        Assert.IsType<YamlSequence>(value.Find("seed")!.Node);
        Assert.Equal(TimeSpan.FromSeconds(5), value.Find("choice")!.Duration);
        Assert.Equal("status != \"DRAFT\"", value.Object("filter").Expression("when").Text);
        Assert.True(value.Find("password")!.IsSecret);
        Assert.Equal(["crm.deals", "crm.deals"], value.References().Select(r => r.Text));
    }

    [Fact]
    public void AbsentField_WithADefault_HasItAndIsNotGiven()
    {
        var value = Read("name: crm");

        Assert.Equal(TimeSpan.FromSeconds(10), value.Duration("wait"));
        Assert.False(value.Has("wait"));
        Assert.Equal("f.yaml:1:1", value.Position("wait").ToString());
        Assert.Null(value.Find("count"));
        Assert.Equal("f.yaml:1:7", value.Position("name").ToString());
        Assert.Throws<InvalidOperationException>(() => value.Integer("count"));
        Assert.Throws<InvalidOperationException>(() => value.Find("cuont"));
    }

    [Theory]
    [InlineData("name: 1a", "f.yaml:1:7: error YML131: name: \"1a\" is not a name")]
    [InlineData("nmae: crm", "f.yaml:1:1: error YML126: \"name\" is missing in thing|f.yaml:1:1: error YML103: unknown key \"nmae\" in thing; did you mean \"name\"?")]
    [InlineData("name: a\ncolour: red", "f.yaml:2:1: error YML108: unknown key \"colour\" in thing")]
    [InlineData("name:", "f.yaml:1:6: error YML127: name: the value is missing")]
    [InlineData("name: [ a ]", "f.yaml:1:7: error YML123: name: one value is expected here, not a list or a mapping")]
    [InlineData("name: a\ncount: four", "f.yaml:2:8: error YML132: count: \"four\" is not a whole number")]
    [InlineData("name: a\ncount: 0", "f.yaml:2:8: error YML142: count: 0 is too small; the least is 1")]
    [InlineData("name: a\ncount: 65", "f.yaml:2:8: error YML143: count: 65 is too large; the most is 64")]
    [InlineData("name: a\nshare: 1,5", "f.yaml:2:8: error YML133: share: \"1,5\" is not a number")]
    [InlineData("name: a\nactive: 'true'", "f.yaml:2:10: error YML134: active: \"true\" is not true or false")]
    [InlineData("name: a\nactive: yes", "f.yaml:2:9: error YML128: active: \"yes\" is a text here; true or false is expected")]
    [InlineData("name: a\nwait: 10 s", "f.yaml:2:7: error YML135: wait: \"10 s\" is not a duration")]
    [InlineData("name: a\nbody: 10mb", "f.yaml:2:7: error YML136: body: \"10mb\" is not a size")]
    [InlineData("name: a\nrate: 0/s", "f.yaml:2:7: error YML137: rate: \"0/s\" is not a rate")]
    [InlineData("name: a\njitter: 0.2", "f.yaml:2:9: error YML138: jitter: \"0.2\" is not a percentage")]
    [InlineData("name: a\nkey: '= '", "f.yaml:2:7: error YML139: key: the expression is empty")]
    [InlineData("name: a\nkey: a & \" #1\"", "f.yaml:2:11: error YML111: key: text after \" #\" is a comment in YAML, so \"1\"\" would be lost")]
    [InlineData("name: a\nfile: ../../etc/passwd", "f.yaml:2:7: error YML144: file: \"../../etc/passwd\" is not a path that can be used")]
    [InlineData("name: a\nfrom: deals", "f.yaml:2:7: error YML148: from: \"deals\" cannot be a name of something configured")]
    [InlineData("name: a\nafter_dead: hodl", "f.yaml:2:13: error YML140: after_dead: \"hodl\" is not known here; did you mean \"hold\"?")]
    [InlineData("name: a\nafter_dead: stop", "f.yaml:2:13: error YML141: after_dead: \"stop\" is not known here")]
    [InlineData("name: a\nretry: 3", "f.yaml:2:8: error YML124: retry: a mapping is expected here")]
    [InlineData("name: a\nretry: { delayed: 10s }", "f.yaml:2:19: error YML125: retry.delayed: a list is expected here")]
    [InlineData("name: a\nretry: { delayed: [ 10s, soon ] }", "f.yaml:2:26: error YML135: retry.delayed[1]: \"soon\" is not a duration")]
    [InlineData("name: a\nto: []", "f.yaml:2:5: error YML129: to: the list needs at least 1 items")]
    [InlineData("name: a\nchoice: { a: 1 }", "f.yaml:2:9: error YML149: choice: this shape is not expected here")]
    [InlineData("name: a\nconstant: yes", "f.yaml:2:11: warning YML150: constant: \"yes\" is a text here, not true or false")]
    [InlineData("- name", "f.yaml:1:1: error YML124: a mapping is expected here")]
    public void Value_OfTheWrongKind_SaysWhatAndWhere(string text, string lines)
    {
        var findings = new Findings();

        var value = SpecReader.Read(YamlFile.Parse("f.yaml", text, findings)!, Everything, findings);

        Assert.Equal(lines.Split('|'), findings.Sorted().Select(f => f.ToString()).OrderBy(l => l.Contains("YML103", StringComparison.Ordinal)));
        Assert.Equal(findings.HasErrors, value is null);
    }

    [Fact]
    public void Fix_ShowsAnExampleFromTheSpec()
    {
        var findings = new Findings();

        SpecReader.Read(YamlFile.Parse("f.yaml", "name: a\nwait: soon", findings)!, Everything, findings);

        Assert.Equal("write a whole number with ms, s, m, h or d, for example 30s", Assert.Single(findings).Fix(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void SecretField_WithAWrongValue_IsNotPrinted()
    {
        var findings = new Findings();

        SpecReader.Read(YamlFile.Parse("f.yaml", "name: a\npassword: hunter2", findings)!, Everything, findings);

        Assert.Equal("f.yaml:2:11: error YML132: password: \"***\" is not a whole number", Assert.Single(findings).ToString());
        Assert.DoesNotContain("hunter2", FindingFormatter.Long(findings.First()), StringComparison.Ordinal);
    }

    private static SpecValue Read(string text)
    {
        var findings = new Findings();
        var value = SpecReader.Read(YamlFile.Parse("f.yaml", text, findings)!, Everything, findings);
        Assert.Empty(findings);
        return value!;
    }
}
