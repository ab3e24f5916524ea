using System.Text.Json;
using Hub.Host.Commands;

namespace Tests.Commands;

public sealed class WhyCommandTests
{
    [Fact]
    public async Task Why_OfAFieldOfAList_TellsSourcesListAndChecks() =>
        Assert.Equal(
            """
            items[].lineTotal   decimal, scale 2, half-up   erp-order-to-crm-deal.yaml:47
              from     lines[].qty, lines[].price, lines[].discount
              through  each lines (line 39)
              used by  check "lines add up to the amount" (line 51)

            """.ReplaceLineEndings("\n"),
            await Output("erp-order-to-crm-deal", "items.lineTotal"));

    [Fact]
    public async Task Why_ThroughALet_TellsItsTextAndSources() =>
        Assert.Equal(
            """
            amount   decimal, scale 2, half-up   erp-order-to-crm-deal.yaml:29
              来自     lines[].qty, lines[].price, lines[].discount
              经由     $net = $sum(lines.(qty * price * (1 - discount))) (第 14 行)
              用于     check "lines add up to the amount" (第 51 行)

            """.ReplaceLineEndings("\n"),
            await Output("erp-order-to-crm-deal", "amount", "--language", "zh"));

    [Fact]
    public async Task Why_OfAMapping_ListsAllFields()
    {
        var lines = (await Output("hr-employee-to-oa-person")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains("department       部门代码, lookup department", lines);
        Assert.Contains("posts[].code     岗位列表.岗位[]._代码", lines);
        Assert.Equal(12, lines.Length);
    }

    [Fact]
    public async Task Why_OfAFieldThatIsNotThere_IsCorrected()
    {
        var run = await CommandRun.Of("why", "erp-order-to-crm-deal", "items.linTotal", "--config", CompanyCopy.Original);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.StartsWith("error HUB935: erp-order-to-crm-deal sets no field \"items.linTotal\"; did you mean items.lineTotal?", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_AsJson_HasEveryLink()
    {
        using var json = JsonDocument.Parse(await Output("erp-order-to-crm-deal", "amount", "--json"));

        var field = json.RootElement.GetProperty("fields")[0];
        Assert.Equal(["lines[].qty", "lines[].price", "lines[].discount"], field.GetProperty("from").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal("let", field.GetProperty("through")[0].GetProperty("kind").GetString());
    }

    private static async Task<string> Output(params string[] arguments)
    {
        var run = await CommandRun.Of(["why", .. arguments, "--config", CompanyCopy.Original]);
        Assert.Equal((ExitCode.Fine, string.Empty), (run.Exit, run.Errors));
        return run.Output;
    }
}
