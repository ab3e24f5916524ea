using System.Text.Json;
using Hub.Host.Commands;

namespace Tests.Commands;

public sealed class MapCommandTests : IDisposable
{
    private const string Deal = "erp-order-to-crm-deal";
    private const string Departments = "entity,from,id,to,target\ndepartment,hr,D01,oa,1\ndepartment,hr,D02,oa,2\ndepartment,hr,D03,oa,3\ndepartment,hr,D04,oa,4\ndepartment,hr,D05,oa,5\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-map-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Map_OfOneOrder_PrintsTheDeal()
    {
        var xrefs = Write("entity,from,id,to,target\naccount,erp,VINET,crm,A-1\nproduct,erp,P11,crm,P-1\nproduct,erp,P72,crm,P-2\n", "xrefs.csv");

        var run = await CommandRun.Of("map", Deal, "--config", CompanyCopy.Original, "--in", Write(Order("1996-07-04")), "--xref", xrefs);

        Assert.Equal((ExitCode.Fine, string.Empty), (run.Exit, run.Errors));
        Assert.Equal(
            """{"externalId":"SO-1","name":"SO-1 / Vins","stage":"won","currency":"USD","closeDate":"1996-07-04","accountCode":"VINET","accountName":"Vins et alcools","ownerCode":"E5","erpInternalId":90071992547410248,"amount":440.00,"accountId":"A-1","freight":32.38,"shipTo":{"name":"Vins","city":"Reims","country":"FR"},"items":[{"no":1,"product":"P11","description":"Queso","quantity":12,"unitPrice":14.00,"lineTotal":168.00,"productId":"P-1","share":38.2},{"no":2,"product":"P72","description":"Mozzarella","quantity":10,"unitPrice":34.00,"lineTotal":272.00,"productId":"P-2","share":61.8}],"dealNo":"SO-1"}""" + "\n",
            run.Output);
    }

    [Fact]
    public async Task Map_Explained_TellsWhereEachValueComesFrom()
    {
        var file = Write("""{"customer_id":"C1"}""");
        using var company = new CompanyCopy();
        File.WriteAllText(
            Path.Combine(company.Folder, "mappings", "small.yaml"),
            "mapping: small\nversion: 1\nfields:\n  code: customer_id\n  state: { from: country, lookup: country-iso, required: false }\n  kind: { const: x }\n");

        var run = await CommandRun.Of("map", "small", "--config", company.Folder, "--in", file, "--explain");
        var json = await CommandRun.Of("map", "small", "--config", company.Folder, "--in", file, "--explain", "--json");

        Assert.Equal(
            """
            {"code":"C1","kind":"x"}
              code: "C1"  <- customer_id  CONFIG/mappings/small.yaml:4:9
                  customer_id = "C1"  IN:1:16
              state: no value  <- country  CONFIG/mappings/small.yaml:5:18
                  country = no value
                  DAT301: no value: country is missing; the object has customer_id
              kind: "x"  <- x  CONFIG/mappings/small.yaml:6:3

            """.ReplaceLineEndings("\n"),
            company.Anonymous(run.Output).Replace(file, "IN", StringComparison.Ordinal));
        using var line = JsonDocument.Parse(json.Output);
        Assert.Equal(["code", "state", "kind"], line.RootElement.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Map_OfABadOrder_TellsTheInputAndTheMapping()
    {
        var file = Write(Order("1996-02-30"));

        var run = await Map(Deal, file);

        Assert.Equal((ExitCode.Findings, string.Empty), (run.Exit, run.Output));
        Assert.Matches($@"^{file}:\d+:\d+: error DAT311: closeDate: ""1996-02-30"" is not a date", run.Errors);
        Assert.Contains($"\n  mapping {Path.Combine(CompanyCopy.Original, "mappings/erp-order-to-crm-deal.yaml")}:23:22\n", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_OfTheCustomers_GoesOnAfterBadRecords()
    {
        var run = await Map("erp-customer-to-crm-account", Sample("erp-customers.csv"));

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.Equal(91, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("""{"code":"ALFKI","name":"Alfreds Futterkiste",""", run.Output, StringComparison.Ordinal);
        Assert.Contains("erp-customers.csv:93:86: error FMT230: row 93 has 12 columns, expected 11\n", run.Errors, StringComparison.Ordinal);
        Assert.Contains("erp-customers.csv:94:1: error DAT301: name: no value: company_name is missing", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_OfTheGbkFile_MapsSkipsWarnsAndFails()
    {
        var run = await CommandRun.Of("map", "hr-employee-to-oa-person", "--config", CompanyCopy.Original, "--in", Sample("hr-employees.xml"), "--xref", Write(Departments, "xrefs.csv"), "--json");

        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal((ExitCode.Findings, string.Empty), (run.Exit, run.Errors));
        Assert.Equal(
            [("failed", 2), ("mapped", 10), ("skipped", 1)],
            lines.CountBy(line => line.GetProperty("result").GetString()!).Select(count => (count.Key, count.Value)).Order());
        Assert.Equal("王芳", lines[0].GetProperty("document").GetProperty("fullName").GetString());
        var findings = lines.SelectMany(line => line.GetProperty("findings").EnumerateArray()).Select(finding =>
            $"{Path.GetFileName(finding.GetProperty("at").GetString())} {finding.GetProperty("severity")} {finding.GetProperty("code")} {finding.GetProperty("path")} {Path.GetFileName(finding.GetProperty("mapping").GetString())}");
        Assert.Equal(7, findings.Count(finding => finding.Contains("warning XRF403 managerId hr-employee-to-oa-person.yaml:50:11", StringComparison.Ordinal)));
        Assert.Equal(
            [
                "hr-employees.xml:67:5 warning DAT331 mobile hr-employee-to-oa-person.yaml:36:11",
                "hr-employees.xml:91:5 error DAT331 idNumber hr-employee-to-oa-person.yaml:26:11",
                "hr-employees.xml:101:5 error DAT311 hireDate hr-employee-to-oa-person.yaml:31:11",
            ],
            findings.Where(finding => !finding.Contains("XRF403", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Map_OfTheGbkFile_HidesTheSecretAndSaysWhatIsSkipped()
    {
        var run = await Map("hr-employee-to-oa-person", Sample("hr-employees.xml"));

        Assert.Contains("idNumber: (value hidden) does not match", run.Errors, StringComparison.Ordinal);
        Assert.Single(run.Errors.Split('\n'), "the mapping skips this record (skip_when)");
    }

    [Fact]
    public async Task Map_OfAFileWhoseTotalIsWrong_TellsItAfterItsRecords()
    {
        var bytes = File.ReadAllBytes(Sample("bank-b2.txt"));
        var total = bytes.AsSpan().IndexOf("101738549"u8);
        bytes[total] = (byte)'2';
        var file = Path.Combine(_folder.FullName, "day.txt");
        File.WriteAllBytes(file, bytes);
        var xrefs = Write("entity,from,id,to,target\nbank-account,bank-b2,6222020200112233445,erp,B2-33445\nbank-account,bank-b2,6222020200998877665,erp,B2-77665\n", "xrefs.csv");

        var run = await CommandRun.Of("map", "bank-file-to-erp-payment", "--config", CompanyCopy.Original, "--in", file, "--xref", xrefs);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.Equal(6, run.Output.Count(c => c == '\n'));
        Assert.StartsWith($"{file}: error DAT350: file check \"trailer total\": 1,017,385.49 is not 2,017,385.49 (difference -1,000,000.00); nothing was sent", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_OfAnUnreadableRecordAsJson_HasALineForItToo()
    {
        var run = await CommandRun.Of("map", "erp-customer-to-crm-account", "--config", CompanyCopy.Original, "--in", Sample("erp-customers.csv"), "--json");

        Assert.Empty(run.Errors);
        Assert.Single(run.Output.Split('\n'), line => line.StartsWith("""{"result":"unreadable","findings":[{"code":"FMT230",""", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Map_OfAnArray_MapsEachOfIt()
    {
        var run = await Map("erp-order-to-notice", Sample("erp-orders.json"));

        Assert.StartsWith("""{"reference":"SO-10248","channel":"email","to":"VINET",""", run.Output, StringComparison.Ordinal);
        Assert.True(run.Output.Count(c => c == '\n') > 800);
    }

    [Fact]
    public async Task Map_OfAnEmptyFile_Fails()
    {
        Assert.Equal(ExitCode.Findings, (await Map(Deal, Write(string.Empty))).Exit);
        Assert.Equal(ExitCode.Findings, (await Map("erp-customer-to-crm-account", Write(string.Empty))).Exit);
    }

    [Fact]
    public async Task Map_OfAMisspeltName_SuggestsTheRightOne()
    {
        var run = await Map("erp-order-to-crm-dael", Write("{}"));

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.StartsWith("error HUB922: there is no mapping \"erp-order-to-crm-dael\"; did you mean \"erp-order-to-crm-deal\"?\n  fix     known: bank-account-to-erp-account, ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_OfABrokenMapping_TellsWhatIsWrongWithIt()
    {
        using var company = new CompanyCopy().Change("mappings/erp-order-to-crm-deal.yaml", "from: header.orderDate", "from: header.ordrDate");

        var run = await CommandRun.Of("map", Deal, "--config", company.Folder, "--in", Write(Order("1996-07-04")));

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.StartsWith("CONFIG/mappings/erp-order-to-crm-deal.yaml:23:29: error MAP201: closeDate: ", company.Anonymous(run.Errors), StringComparison.Ordinal);
    }

    private static Task<CommandRun> Map(string name, string file) => CommandRun.Of("map", name, "--config", CompanyCopy.Original, "--in", file);

    private static string Sample(string name) => Path.Combine(CompanyCopy.Original, "samples", name);

    private static string Order(string date) => $$"""
        {"header":{"orderNo":"SO-1","internalId":90071992547410248,"orderDate":"{{date}}","status":"SHIPPED","currency":"USD"},
         "customer":{"code":"VINET","name":"Vins"},"account":{"code":"VINET","name":"Vins et alcools"},"salesRep":"E5","freight":32.38,
         "shipTo":{"name":"Vins","city":"Reims","country":"France"},
         "lines":[{"lineNo":1,"sku":"P11","desc":"Queso","qty":12,"price":14,"discount":0},{"lineNo":2,"sku":"P72","desc":"Mozzarella","qty":10,"price":34,"discount":0.2}]}
        """;

    private string Write(string text, string name = "in.json")
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
