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

    private const string MappingHead = """
        # The mapping language

        Every key of a mapping file and of the files it refers to, with its default and an example, from the specs that `hub validate` checks by.
        [Write a mapping](how-to/write-a-mapping.md) is the page to begin with; this one is for looking things up. Expressions are JSONata 2.2.
        This page is written by the test that holds it: run it with `UPDATE_DOCS=1` after a change.

        ## What happens to a record

        1. `skip_when` that needs no `let` is asked first: a record that meets it is skipped and counted.
        2. The `let`s are computed in the order of the file, each once; a later one may use an earlier one.
        3. The fields are made in the order of the file. All that is wrong with them is reported together, up to 20 findings a record.
        4. `checks` look at the finished document, in which `$source` is the record.

        ## What happens to a value, in this order whatever the order in the file

        | step | keys | what happens |
        | --- | --- | --- |
        | value | `from`, `expr`, `const`, `each`, `fields` | exactly one of them says where the value comes from; `each` with `fields` makes a list of objects |
        | text | `trim`, `empty_as` | spaces go, and an empty text becomes no value where the format or the field says so |
        | code | `map` or `lookup`, `else`, `xref` | the value is translated; without `else` a code that is not there is an error |
        | type | `type`, `in`, `out`, `zone` | the value becomes a number, a truth value, a day, a moment; what does not fit is an error |
        | limits | `scale`, `round`, `max_length`, `too_long`, `pattern`, `one_of` | digits are rounded, long texts are refused or cut |
        | nothing | `null`, `default`, `required` | no value: the default, else an error unless `required: false` |
        | mistakes | `on_error`, `secret` | a bad value fails the record, leaves the field out or takes the default; a secret one is never shown |

        ## What is checked before a record comes

        With a contract for the source and one for the target, `hub validate` judges every path, type and code; `hub why MAPPING FIELD` shows what a field
        can depend on. A part that no contract describes is not judged. Contracts stand in `contracts/`: `NAME.yaml` (below), `NAME.xsd` as it is (attributes as
        `_name`, text beside them as `_text`, one or many where an element may be repeated), or `NAME.csv` with a row of names, a row of types
        (`text integer decimal number boolean date datetime instant`) and, if you like, a row of `required` and `optional`. The root of an XSD is the element at the
        mapping's `record` path; without one the element of the file's name, else the one that no other refers to. `hub schema import` makes a contract from
        OpenAPI, Swagger or JSON Schema, `hub schema infer` from samples; an inferred contract gives warnings where others give errors.

        """;

    [Fact]
    public void MappingPage_IsWhatTheSpecsSay()
    {
        (string, ObjectSpec)[] sections =
        [
            ("mappings/NAME.yaml", MappingFile.Spec), ("a field, in its long form", MappingFile.FieldSpec), ("contracts/NAME.yaml", ContractFile.Spec), ("a value in a contract", ContractFile.ShapeSpec),
            ("lookups/NAME.yaml", LookupFile.Spec), ("layouts/NAME.yaml", LayoutFile.Spec), .. LayoutFile.PartSpecs.Select(s => (s.Name, s)), ("mappings/NAME.test.yaml", TestFile.Spec),
        ];
        AssertPage("mapping.md", ConfigurationPage.Render(MappingHead, sections, withExamples: true));
    }

    [Fact]
    public void Page_IsWhatTheSpecsSay() => AssertPage("configuration.md", ConfigurationPage.Render(Head, Sections()));

    private static void AssertPage(string name, string page)
    {
        var file = Repository.Path("docs", name);
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
