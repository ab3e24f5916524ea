using System.Text.Json.Nodes;
using Connectors;
using Connectors.Sandbox;
using Hub.Core.Configuration;
using Hub.Core.Configuration.Editors;
using Hub.Core.Runtime;
using Mappings.Yaml;
using Tests.Architecture;

namespace Tests.Configuration;

/// <summary>What an editor marks is wrong, and what is right it leaves alone.</summary>
public sealed class EditorSchemaTests
{
    private static readonly ConfigurationSpecs Specs = new HubCompiler(ConnectorCatalog.All(new SandboxDirectory()), TimeProvider.System).Specs;
    private static readonly LoadedConfiguration Loaded = ConfigurationLoader.Load(ConfigurationDirectory.Read(Repository.Path("config")), null, Specs, new EnvironmentReferences());
    private static readonly Dictionary<string, JsonSchemaCheck> Schemas = EditorSchemas.All(Specs, Loaded).ToDictionary(s => s.Name.Split('.')[0], s => new JsonSchemaCheck(JsonNode.Parse(s.Json)!));

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Repository.Path("config"), "*.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.Path("config"), f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_OfTheExampleCompany_Fits(string file) =>
        Assert.Empty(Schemas[KindOf(file)].Check(YamlFile.Parse(file, File.ReadAllBytes(Repository.Path("config", file)), [])!));

    [Theory]
    [InlineData("mapping", "mapping: m\nversion: 1\nfields: { a: { form: x } }", ".fields.a: form is unknown")]
    [InlineData("mapping", "mapping: m\nversion: one\nfields: { a: x }", ".version: not \"integer\"")]
    [InlineData("mapping", "mapping: m\nversion: 1\nfields: { a: { fields: { b: { type: dat } } } }", ".fields.a.fields.b.type: not one of")]
    [InlineData("mapping", "mapping: m\nversion: 1\nsource: { contract: erp-ordr }\nfields: { a: x }", ".source.contract: not one of")]
    [InlineData("mapping", "mapping: m\nfields: { a: x }", ": no version")]
    [InlineData("contract", "contract: c\nproperties: { a: { type: txt } }", ".properties.a.type: not")]
    [InlineData("contract", "contract: c\nitems: { properties: { a: { minLenght: 1 } } }", ".items.properties.a: minLenght is unknown")]
    [InlineData("pipeline", "pipeline: p\nfrom: erp.orders\nsteps: [ { sned: crm.deals } ]", ".steps[0]: no")]
    [InlineData("pipeline", "pipeline: p\nfrom: erp.orders\nsteps: [ { send: crm.deal } ]", ".steps[0].send: not")]
    [InlineData("system", "system: s\nconnector: htp", ".connector: not one of")]
    [InlineData("system", "system: s\nconnector: sandbox\nlimits: { timeout: soon }", ".limits.timeout: not")]
    [InlineData("lookup", "lookup: l\nentries: [ a ]", ".entries: not \"object\"")]
    [InlineData("hub", "hub: h\nlanguage: fr", ".language: not one of")]
    [InlineData("test", "tests_for: m\ntests: [ { given: {} } ]", ".tests[0]: no name")]
    public void Mistake_IsMarked(string kind, string yaml, string expected)
    {
        var marked = Schemas[kind].Check(YamlFile.Parse("f.yaml", yaml, [])!);
        Assert.Contains(marked, m => m.StartsWith(expected, StringComparison.Ordinal) || m.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Schema_OfEverySpec_KnowsItsOwnExample()
    {
        var mapping = new JsonSchemaCheck(JsonNode.Parse(EditorSchemas.All(Specs).Single(s => s.Name == "mapping.schema.json").Json)!);
        Assert.Empty(mapping.Check(YamlFile.Parse("f.yaml", Mappings.Mapping.MappingFile.Spec.Example, [])!));
    }

    private static string KindOf(string file) => file.Split('/')[0] switch
    {
        "hub.yaml" => "hub",
        "mappings" when file.EndsWith(".test.yaml", StringComparison.Ordinal) => "test",
        var folder => folder.TrimEnd('s'),
    };
}
