using System.Text.Json;
using Hub.Host.Commands;

namespace Tests.Commands;

public sealed class ValidateCommandTests
{
    [Fact]
    public async Task Validate_OfTheExampleCompany_FindsNothing()
    {
        var run = await CommandRun.Of("validate", "--config", CompanyCopy.Original);

        Assert.Equal((ExitCode.Fine, string.Empty), (run.Exit, run.Errors));
        Assert.Matches(@"^11 pipelines, 11 mappings, 6 systems: no findings \(revision [0-9a-f]{12}\)\n$", run.Output);
    }

    [Fact]
    public async Task Validate_OfThreeCarelessMistakes_TellsAllThreeWithTheirLines()
    {
        using var company = ThreeMistakes();

        var run = await CommandRun.Of("validate", "--config", company.Folder);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.Equal(
            """
            CONFIG/mappings/erp-order-to-crm-deal.yaml:23:29: error MAP201: closeDate: header has no field "ordrDate"; did you mean "orderDate"?
                23 |   closeDate: { from: header.ordrDate, type: date }
                   |                             ^^^^^^^^
              header has: orderNo, internalId, orderDate, requiredDate, shippedDate, status, currency, note  (contracts/erp-order.yaml:7)

            CONFIG/pipelines/erp-employees-to-crm.yaml:7:11: error CFG209: steps[1].send: there is no endpoint "crm.usres"; did you mean "crm.users"?
                 7 |   - send: crm.usres
                   |           ^^^^^^^^^

            CONFIG/systems/crm.yaml:4:1: error YML103: unknown key "limts" in system; did you mean "limits"?
                 4 | limts: { concurrency: 8, timeout: 10s }
                   | ^^^^^

            errors: 3, warnings: 0

            """.ReplaceLineEndings("\n"),
            company.Anonymous(run.Output));
    }

    [Fact]
    public async Task Validate_OfAnIdentityThatCannotArise_Warns()
    {
        using var company = new CompanyCopy().Change("pipelines/erp-products-to-crm.yaml", "send: crm.products", "send: oa.contacts");

        var run = await CommandRun.Of("validate", "--config", company.Folder, "--format", "short");

        Assert.Contains("mappings/erp-product-to-crm-product.yaml:5:1: warning CFG317: identity: no pipeline sends what erp-product-to-crm-product makes to crm, so its product never gets into the identity map", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OfAMappingForAnotherEndpoint_SaysWhatDoesNotAgree()
    {
        using var company = new CompanyCopy()
            .Change("mappings/hr-department-to-oa-department.yaml", "encoding: gbk", "encoding: big5")
            .Change("pipelines/bank-payments-to-erp.yaml", "bank-file-to-erp-payment", "erp-product-to-crm-product");

        var run = await CommandRun.Of("validate", "--config", company.Folder, "--format", "short");

        Assert.Contains("error CFG315: steps[0].map: hr-department-to-oa-department is written for encoding: big5, but hr.departments has gbk\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("error CFG263: steps[0].map: erp-product-to-crm-product is written for csv, but bank-b2.payments sends fixed\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_Short_PrintsOneLineForEach()
    {
        using var company = ThreeMistakes();

        var run = await CommandRun.Of("validate", "--config", company.Folder, "--format", "short");

        Assert.Equal(
            """
            CONFIG/mappings/erp-order-to-crm-deal.yaml:23:29: error MAP201: closeDate: header has no field "ordrDate"; did you mean "orderDate"?
            CONFIG/pipelines/erp-employees-to-crm.yaml:7:11: error CFG209: steps[1].send: there is no endpoint "crm.usres"; did you mean "crm.users"?
            CONFIG/systems/crm.yaml:4:1: error YML103: unknown key "limts" in system; did you mean "limits"?

            errors: 3, warnings: 0

            """.ReplaceLineEndings("\n"),
            company.Anonymous(run.Output));
    }

    [Fact]
    public async Task Validate_AsJson_NamesFilesThatCanBeOpened()
    {
        using var company = ThreeMistakes();

        var run = await CommandRun.Of("validate", "--config", company.Folder, "--json");

        Assert.Equal(ExitCode.Findings, run.Exit);
        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal(3, report.RootElement.GetProperty("errors").GetInt32());
        var findings = report.RootElement.GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal(["MAP201", "CFG209", "YML103"], findings.Select(finding => finding.GetProperty("code").GetString()));
        Assert.All(findings, finding => Assert.True(File.Exists(finding.GetProperty("file").GetString())));
    }

    [Fact]
    public async Task Validate_OfAFilter_HoldsItAgainstTheContractOfTheRecords()
    {
        using var company = new CompanyCopy().Change("pipelines/erp-orders-to-crm.yaml", "header.status != \"DRAFT\"", "header.shippedDate != \"DARFT\" or header.status = \"DARFT\"");

        var run = await CommandRun.Of("validate", "--config", company.Folder, "--format", "short");

        Assert.Equal(
            """
            CONFIG/pipelines/erp-orders-to-crm.yaml:7:21: warning MAP232: steps[0].filter: header.shippedDate may be absent; then header.shippedDate != "DARFT" is neither true nor an error, and decides silently
            CONFIG/pipelines/erp-orders-to-crm.yaml:7:70: error MAP226: steps[0].filter: header.status is never "DARFT"; did you mean "DRAFT"?

            errors: 1, warnings: 1

            """.ReplaceLineEndings("\n"),
            company.Anonymous(run.Output));
    }

    [Fact]
    public async Task Validate_AsSarif_HasARuleAndAPlaceForEachFinding()
    {
        using var company = ThreeMistakes();

        var run = await CommandRun.Of("validate", "--config", company.Folder, "--format", "sarif");

        Assert.Equal(ExitCode.Findings, run.Exit);
        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal("2.1.0", report.RootElement.GetProperty("version").GetString());
        var only = report.RootElement.GetProperty("runs")[0];
        Assert.Equal(["CFG209", "MAP201", "YML103"], only.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        var first = only.GetProperty("results")[0];
        Assert.Equal("error", first.GetProperty("level").GetString());
        Assert.Contains("did you mean \"orderDate\"?\nheader has: ", first.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        var region = first.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region");
        Assert.Equal(8, region.GetProperty("endColumn").GetInt32() - region.GetProperty("startColumn").GetInt32());
    }

    [Fact]
    public async Task Validate_InChinese_SaysTheSame()
    {
        using var company = new CompanyCopy().Change("pipelines/erp-employees-to-crm.yaml", "crm.users", "crm.usres");

        var run = await CommandRun.Of("validate", "--config", company.Folder, "--language", "zh");

        Assert.Equal(
            """
            CONFIG/pipelines/erp-employees-to-crm.yaml:7:11: 错误 CFG209: steps[1].send: 没有 endpoint "crm.usres"；是否应为 "crm.users"？
                 7 |   - send: crm.usres
                   |           ^^^^^^^^^

            错误 1 个，警告 0 个

            """.ReplaceLineEndings("\n"),
            company.Anonymous(run.Output));
    }

    [Fact]
    public async Task Validate_OfABreakerLine_ShowsIt_ThoughItsNameLooksLikeBearer()
    {
        using var company = new CompanyCopy().Change("systems/crm.yaml", "open: 10s", "open: ten");

        var run = await CommandRun.Of("validate", "--config", company.Folder);

        Assert.Contains("     6 | breaker: { failures: 5, open: ten }\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OfAMisspeltSecret_DoesNotShowItsLine()
    {
        using var company = new CompanyCopy().Change("environments/production.yaml", "auth: { bearer: \"${file:/run/secrets/crm-token}\" }", "auth: { bearrer: marker-s3cret }");

        var run = await CommandRun.Of("validate", "--config", company.Folder, "--environment", "production");

        Assert.Contains("bearrer", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("marker-s3cret", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_WithoutPipelines_SaysWhatToWrite()
    {
        using var company = new CompanyCopy().Remove("pipelines");

        var run = await CommandRun.Of("validate", "--config", company.Folder);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.StartsWith("CONFIG/pipelines: error CFG206: there is no pipeline\n  fix     write a file in pipelines/, for example\n", company.Anonymous(run.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_OfAFolderThatIsNotThere_SaysSo()
    {
        var missing = Path.Combine(Path.GetTempPath(), "hub-not-there");

        var run = await CommandRun.Of("validate", "--config", missing);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.StartsWith($"{missing}: error CFG200: the configuration folder {missing} does not exist\n", run.Output, StringComparison.Ordinal);
    }

    private static CompanyCopy ThreeMistakes() => new CompanyCopy()
        .Change("systems/crm.yaml", "limits:", "limts:")
        .Change("pipelines/erp-employees-to-crm.yaml", "send: crm.users", "send: crm.usres")
        .Change("mappings/erp-order-to-crm-deal.yaml", "from: header.orderDate", "from: header.ordrDate");
}
