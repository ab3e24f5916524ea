using System.Text.Json;
using Hub.Host.Commands;

namespace Tests.Commands;

public sealed class TestCommandTests
{
    [Fact]
    public async Task Test_OfTheExampleCompany_PassesAndCoversItsFields()
    {
        var run = await CommandRun.Of("test", "--config", CompanyCopy.Original);

        Assert.Equal((ExitCode.Fine, string.Empty), (run.Exit, run.Errors));
        Assert.DoesNotContain("never", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\nmappings: \d+, tests: (\d+), passed: \1, failed: 0\n$", run.Output);
    }

    [Fact]
    public async Task Test_AfterACarelessChange_ShowsTheFieldTheValuesAndTheMappingsLine()
    {
        using var company = Careless();

        var run = await CommandRun.Of("test", "erp-order-line-to-crm-deal-item", "--config", company.Folder);

        Assert.Equal((ExitCode.Findings, string.Empty), (run.Exit, run.Errors));
        Assert.Equal(
            """
            erp-order-line-to-crm-deal-item: 2 passed, 1 failed; 7 of 7 fields covered
              FAILED  a discount is written in percent  CONFIG/mappings/erp-order-line-to-crm-deal-item.test.yaml:13:11
                discountPercent: expected 15, found 0  CONFIG/mappings/erp-order-line-to-crm-deal-item.yaml:15:28

            mappings: 1, tests: 3, passed: 2, failed: 1

            """.ReplaceLineEndings("\n"),
            company.Anonymous(run.Output));
    }

    [Fact]
    public async Task Test_InChinese_SaysTheSame()
    {
        using var company = Careless();

        var run = await CommandRun.Of("test", "erp-order-line-to-crm-deal-item", "--config", company.Folder, "--language", "zh");

        Assert.Equal(
            """
            erp-order-line-to-crm-deal-item：通过 2，失败 1；覆盖 7 个字段中的 7 个
              失败  a discount is written in percent  CONFIG/mappings/erp-order-line-to-crm-deal-item.test.yaml:13:11
                discountPercent: 期望 15，实际 0  CONFIG/mappings/erp-order-line-to-crm-deal-item.yaml:15:28

            映射 1 个，测试 3 个，通过 2 个，失败 1 个

            """.ReplaceLineEndings("\n"),
            company.Anonymous(run.Output));
    }

    [Fact]
    public async Task Test_AsJson_HasEveryTestWithItsFindings()
    {
        using var company = Careless();

        var run = await CommandRun.Of("test", "--config", company.Folder, "--json");

        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal(1, report.RootElement.GetProperty("failed").GetInt32());
        var failed = report.RootElement.GetProperty("mappings").EnumerateArray().SelectMany(mapping => mapping.GetProperty("tests").EnumerateArray()).Single(test => !test.GetProperty("passed").GetBoolean());
        Assert.Equal("TST520", failed.GetProperty("findings")[0].GetProperty("code").GetString());
        Assert.True(File.Exists(failed.GetProperty("at").GetString()!.Split(':')[0]));
    }

    [Fact]
    public async Task Test_OfAMappingWithoutTests_FailsUnlessNoneIsAllowed()
    {
        using var company = new CompanyCopy();
        File.Delete(Path.Combine(company.Folder, "mappings", "erp-order-to-notice.test.yaml"));

        var run = await CommandRun.Of("test", "erp-order-to-notice", "--config", company.Folder);
        var allowed = await CommandRun.Of("test", "erp-order-to-notice", "--config", company.Folder, "--allow-none");

        Assert.Equal((ExitCode.Findings, "erp-order-to-notice: no tests\n", "There is no test; write mappings/NAME.test.yaml, or call with --allow-none.\n"), (run.Exit, run.Output, run.Errors));
        Assert.Equal(ExitCode.Fine, allowed.Exit);
    }

    [Fact]
    public async Task Test_OfAnUnknownName_SuggestsTheRightOne()
    {
        var run = await CommandRun.Of("test", "erp-order-to-notise", "--config", CompanyCopy.Original);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.StartsWith("error HUB922: there is no mapping \"erp-order-to-notise\"; did you mean \"erp-order-to-notice\"?\n", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OfOneMapping_DoesNotMindThatAnotherIsBroken()
    {
        using var company = new CompanyCopy().Change("mappings/erp-order-to-notice.yaml", "from: header.shippedDate", "from: header.shipedDate");

        var one = await CommandRun.Of("test", "erp-customer-to-crm-account", "--config", company.Folder);
        var all = await CommandRun.Of("test", "--config", company.Folder);

        Assert.Equal(ExitCode.Fine, one.Exit);
        Assert.Equal(ExitCode.Findings, all.Exit);
        Assert.StartsWith("CONFIG/mappings/erp-order-to-notice.yaml:16:26: error MAP201: sendOn: ", company.Anonymous(all.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OfAWrongTestFile_TellsItsLines()
    {
        using var company = new CompanyCopy()
            .Change("mappings/erp-order-to-notice.test.yaml", "reference: SO", "referense: SO")
            .Change("mappings/erp-employee-to-crm-user.test.yaml", "tests_for: erp-employee-to-crm-user", "tests_for: erp-employee-to-crm-usr");

        var run = await CommandRun.Of("validate", "--config", company.Folder, "--format", "short");

        Assert.Equal(
            """
            CONFIG/mappings/erp-employee-to-crm-user.test.yaml:1:12: error CFG205: tests_for is called "erp-employee-to-crm-usr" here and "erp-employee-to-crm-user" by the name of the file
            CONFIG/mappings/erp-order-to-notice.test.yaml:6:7: error TST506: the mapping has no field "referense"; did you mean "reference"?

            errors: 2, warnings: 0

            """.ReplaceLineEndings("\n"),
            company.Anonymous(run.Output));
    }

    [Fact]
    public async Task Validate_OfTestsOfNothing_NamesTheMappingThatWasMeant()
    {
        using var company = new CompanyCopy();
        File.Move(Path.Combine(company.Folder, "mappings", "erp-order-to-notice.test.yaml"), Path.Combine(company.Folder, "mappings", "erp-order-to-notce.test.yaml"));

        var run = await CommandRun.Of("validate", "--config", company.Folder, "--format", "short");

        Assert.Contains("error TST513: there is no mapping \"erp-order-to-notce\"; did you mean \"erp-order-to-notice\"?\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_WithASampleOutsideOfTheFolder_RefusesIt()
    {
        using var company = new CompanyCopy().Change("mappings/erp-order-to-notice.test.yaml", "given: { file: samples/erp-orders.json }", "given: { file: /etc/passwd }");

        var run = await CommandRun.Of("test", "erp-order-to-notice", "--config", company.Folder);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.Contains("error TST535: /etc/passwd lies outside of the configuration folder\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_WithASampleThatIsALinkToElsewhere_RefusesIt()
    {
        using var company = new CompanyCopy();
        File.Delete(Path.Combine(company.Folder, "samples", "erp-employees.csv"));
        File.CreateSymbolicLink(Path.Combine(company.Folder, "samples", "erp-employees.csv"), Path.Combine(CompanyCopy.Original, "samples", "erp-employees.csv"));

        var run = await CommandRun.Of("test", "erp-employee-to-crm-user", "--config", company.Folder);

        Assert.Contains("error TST535: samples/erp-employees.csv lies outside of the configuration folder\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test", "erp-order-to-notice", "--from", "0C8ZK2Q4T0001")]
    [InlineData("test", "--mapping", "erp-order-to-notice")]
    public async Task Test_WithOptionsThatDoNotGoTogether_IsWrongUsage(params string[] args)
    {
        var run = await CommandRun.Of(args);

        Assert.Equal((ExitCode.Usage, "--from takes no names; choose the mapping with --mapping, which goes with --from only\nhub test --help\n"), (run.Exit, run.Errors));
    }

    [Fact]
    public async Task Test_FromAHubThatIsNotThere_SaysSo()
    {
        var run = await CommandRun.Of("test", "--from", "0C8ZK2Q4T0001", "--hub", "http://127.0.0.1:1", "--config", CompanyCopy.Original);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.StartsWith("http://127.0.0.1:1: error HUB914: no hub answers: ", run.Errors, StringComparison.Ordinal);
    }

    private static CompanyCopy Careless() => new CompanyCopy().Change("mappings/erp-order-line-to-crm-deal-item.yaml", "discount * 100", "discount * 1");
}
