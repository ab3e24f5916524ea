using Mappings.Diagnostics;
using Mappings.Yaml;
using Xunit;

namespace Tests.Yaml;

public sealed class YamlReferenceTests
{
    private static readonly ObjectSpec Spec = new("system", "A system.", "{ address: x }",
    [
        FieldSpec.Optional("address", FieldType.Text, "Where.", "http://crm"),
        FieldSpec.Optional("rate", FieldType.Rate, "How fast.", "10/s"),
        FieldSpec.Optional("key", FieldType.Expression, "Which.", "id"),
        FieldSpec.Optional("seed", FieldType.Any, "Anything.", "a"),
    ]);

    [Theory]
    [InlineData("address: ${HOST}", "crm.example")]
    [InlineData("address: http://${HOST}:${PORT}/", "http://crm.example:8080/")]
    [InlineData("address: ${file:/run/secrets/crm}", "s3cret")]
    [InlineData("address: a$${HOST}", "a${HOST}")]
    [InlineData("address: $5 and $", "$5 and $")]
    public void Reference_InAText_IsReplaced(string text, string expected)
    {
        var findings = new Findings();

        var value = SpecReader.Read(YamlFile.Parse("f.yaml", text, findings)!, Spec, findings, new Source());

        Assert.Empty(findings);
        Assert.Equal(expected, value!.Text("address"));
        Assert.Equal(!text.Contains("$$", StringComparison.Ordinal) && text.Contains("${", StringComparison.Ordinal), value.Find("address")!.IsSecret);
    }

    [Theory]
    [InlineData("address: http://${HOTS}/", "f.yaml:1:17: error YML145: address: the environment variable HOTS is not set")]
    [InlineData("address: 'it''s ${HOTS}'", "f.yaml:1:17: error YML145: address: the environment variable HOTS is not set")]
    [InlineData("address: ${file:/none}", "f.yaml:1:10: error YML146: address: the file /none cannot be read")]
    [InlineData("address: a${HOST", "f.yaml:1:11: error YML147: address: \"${HOST\" is not a reference")]
    [InlineData("address: ${MY HOST}", "f.yaml:1:10: error YML147: address: \"${MY HOST\" is not a reference")]
    [InlineData("rate: ${HOST}", "f.yaml:1:7: error YML137: rate: \"***\" is not a rate")]
    public void Reference_WithoutAUsableValue_IsAFindingAtItsPlace(string text, string line)
    {
        var findings = new Findings();

        Assert.Null(SpecReader.Read(YamlFile.Parse("f.yaml", text, findings)!, Spec, findings, new Source()));

        Assert.Equal([line], findings.Select(f => f.ToString()));
    }

    [Fact]
    public void Expression_WithJsonataGrouping_IsLeftAlone()
    {
        var findings = new Findings();

        var value = SpecReader.Read(YamlFile.Parse("f.yaml", "key: ${HOST}", findings)!, Spec, findings, new Source());

        Assert.Equal("${HOST}", value!.Expression("key").Text);
    }

    [Fact]
    public void Reference_InsideAnything_IsReplacedAtAnyDepth()
    {
        var findings = new Findings();

        var value = SpecReader.Read(YamlFile.Parse("f.yaml", "seed: { a: [ '${PORT}' ] }", findings)!, Spec, findings, new Source());

        var list = (YamlSequence)((YamlMapping)value!.Find("seed")!.Node)["a"]!;
        Assert.Equal("8080", ((YamlScalar)list.Items[0]).Value);
    }

    private sealed class Source : IReferenceSource
    {
        public string? Variable(string name) => name switch { "HOST" => "crm.example", "PORT" => "8080", _ => null };

        public string? File(string path) => path == "/run/secrets/crm" ? "s3cret\n" : null;
    }
}
