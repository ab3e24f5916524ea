using Connectors;
using Connectors.Sandbox;
using Hub.Abstractions.Connectors;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Tests.Connectors;

public sealed class ConnectorSpecTests
{
    [Fact]
    public void Catalog_ListsTheConnectorsByKind() =>
        Assert.Equal(["file", "http", "rabbitmq", "sandbox"], ConnectorCatalog.All(new SandboxDirectory()).Select(c => c.Spec.Kind));

    [Theory]
    [InlineData("file", ConnectorAbilities.Receive | ConnectorAbilities.Send)]
    [InlineData("http", ConnectorAbilities.ReceiveHttp | ConnectorAbilities.Send | ConnectorAbilities.Request)]
    [InlineData("rabbitmq", ConnectorAbilities.Receive | ConnectorAbilities.Send | ConnectorAbilities.HoldsUnacked)]
    [InlineData("sandbox", ConnectorAbilities.Receive | ConnectorAbilities.ReceiveHttp | ConnectorAbilities.Send | ConnectorAbilities.Request)]
    public void Spec_Abilities_AreWhatTheConnectorDoes(string kind, ConnectorAbilities abilities) => Assert.Equal(abilities, Spec(kind).Abilities);

    [Theory]
    [InlineData("file")]
    [InlineData("http")]
    [InlineData("rabbitmq")]
    [InlineData("sandbox")]
    public void Spec_ExamplesAndDefaults_AreOfTheirKind(string kind)
    {
        var findings = new Findings();
        foreach (var field in Fields(Spec(kind).System).Concat(Fields(Spec(kind).Endpoint)))
        {
            Read(field, field.Example, findings);
            if (field.Default is { } text) Read(field, text, findings);
        }

        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("http", "auth.bearer auth.basic.password auth.header.value")]
    [InlineData("rabbitmq", "password")]
    public void Spec_Credentials_AreSecret(string kind, string expected) =>
        Assert.Equal(expected, string.Join(' ', Secrets(Spec(kind).System, "")));

    private static ConnectorSpec Spec(string kind) => ConnectorCatalog.All(new SandboxDirectory()).Single(c => c.Spec.Kind == kind).Spec;

    private static IEnumerable<FieldSpec> Fields(ObjectSpec spec) => spec.Fields.SelectMany(f => f.Type.ObjectSpec is { } inner ? Fields(inner).Prepend(f) : [f]);

    private static IEnumerable<string> Secrets(ObjectSpec spec, string path) => spec.Fields.SelectMany(f =>
        f.Type.ObjectSpec is { } inner ? Secrets(inner, $"{path}{f.Name}.") : f.IsSecret ? [path + f.Name] : Enumerable.Empty<string>());

    private static void Read(FieldSpec field, string yaml, Findings findings)
    {
        if (YamlFile.Parse(field.Name, yaml, findings) is { } node) SpecReader.ReadItem(node, field.Type, field.Example, findings);
    }
}
