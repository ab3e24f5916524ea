using Hub.Host.Commands;
using Tests.Architecture;

namespace Tests.Commands;

public sealed class SchemaCommandTests
{
    [Fact]
    public async Task Schema_WritesOneFileForEachKindAndTheSettingForTheEditor()
    {
        var folder = Directory.CreateTempSubdirectory("schemas").FullName;
        try
        {
            var run = await CommandRun.Of("schema", "--out", folder, "--config", CompanyCopy.Original);

            Assert.Equal((ExitCode.Fine, string.Empty), (run.Exit, run.Errors));
            Assert.Equal(9, Directory.EnumerateFiles(folder, "*.schema.json").Count());
            Assert.Contains("\"yaml.schemas\": {", run.Output, StringComparison.Ordinal);
            Assert.Contains("erp-order-line", await File.ReadAllTextAsync(Path.Combine(folder, "mapping.schema.json")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Import_OfAnXsd_PrintsAContract()
    {
        var run = await CommandRun.Of("schema", "import", Repository.Path("config", "contracts", "hr-employee.xsd"), "--schema", "员工", "--name", "hr-employee");

        Assert.Equal((ExitCode.Fine, string.Empty), (run.Exit, run.Errors));
        Assert.StartsWith("# made from hr-employee.xsd, schema 员工\ncontract: hr-employee\ntype: object\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_OfTheEmployees_CountsWhatIsAbsent()
    {
        var run = await CommandRun.Of("schema", "infer", Repository.Path("config", "samples", "erp-employees.csv"), "--name", "erp-employee");

        Assert.Equal((ExitCode.Fine, string.Empty), (run.Exit, run.Errors));
        Assert.Contains("\ninferred: true\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("reports_to: { type: string, samples: { seen: 9, absent: 1 } }", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_OfAFileThatIsNotThere_SaysSo()
    {
        var run = await CommandRun.Of("schema", "infer", "nowhere.json");

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.Contains("HUB902", run.Errors, StringComparison.Ordinal);
    }
}
