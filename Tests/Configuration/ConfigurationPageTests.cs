using Connectors;
using Connectors.Sandbox;
using Hub.Core.Configuration;
using Hub.Core.Pipelines.Steps;
using Hub.Core.Runtime;
using Mappings.Contracts;
using Mappings.Layouts;
using Mappings.Lookups;
using Mappings.Mapping;
using Mappings.Testing;
using Mappings.Yaml;
using Tests.Architecture;

namespace Tests.Configuration;

public sealed class ConfigurationPageTests
{
    private const string UpdateVariable = "UPDATE_DOCS";

    private const string Head = """
        # Configuration

        Every key of every file in `config/`, from the specs that the hub checks them by. Keys that are not here are refused. Durations are written
        `250ms 30s 10m 2h 7d`, sizes `64KB 10MB`, rates `10/s 600/m`, shares `20%`. `${NAME}` stands for an environment variable, `${file:/path}` for the
        content of a file. The mapping language has its values and expressions described in [write a mapping](how-to/write-a-mapping.md).
        This page is written by the test that holds it: run it with `UPDATE_DOCS=1` after a change.

        """;

    [Fact]
    public void Page_IsWhatTheSpecsSay()
    {
        var file = Repository.Path("docs", "configuration.md");
        var page = ConfigurationPage.Render(Head, Sections());

        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1") File.WriteAllText(file, page);

        Assert.Equal(page, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    private static List<(string Title, ObjectSpec Spec)> Sections()
    {
        var connectors = ConnectorCatalog.All(new SandboxDirectory());
        var specs = new HubCompiler(connectors, TimeProvider.System).Specs;
        var sections = new List<(string Title, ObjectSpec Spec)> { ("hub.yaml", FileSpecs.Hub), ("environments/NAME.yaml", FileSpecs.Environment) };
        foreach (var connector in connectors)
        {
            var system = specs.System(connector.Spec.Kind);
            sections.Add(($"systems/NAME.yaml with connector {connector.Spec.Kind}", system));
            sections.Add(($"an endpoint of connector {connector.Spec.Kind}", system.Field("endpoints")!.Type.Item!.ObjectSpec!));
        }

        sections.Add(("pipelines/NAME.yaml", FileSpecs.Pipeline));
        sections.AddRange(StepCatalog.All.Select(step => ($"step {step.Kind}", step.Fields)));
        sections.AddRange([("contracts/NAME.yaml", ContractFile.Spec), ("layouts/NAME.yaml", LayoutFile.Spec), .. LayoutFile.PartSpecs.Select(s => (s.Name, s)), ("lookups/NAME.yaml", LookupFile.Spec), ("mappings/NAME.yaml", MappingFile.Spec), ("a field of a mapping, in its long form", MappingFile.FieldSpec)]);
        sections.AddRange([("mappings/NAME.test.yaml", TestFile.Spec), ("a test of a mapping", TestFile.Spec.Field("tests")!.Type.Item!.ObjectSpec!)]);
        return sections;
    }
}
