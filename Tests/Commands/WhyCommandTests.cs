using System.Text.Json;
using Hub.Host.Commands;

namespace Tests.Commands;

public sealed class WhyCommandTests : IDisposable
{
    private const string Deal = """
        mapping: deal
        version: 1
        source: { contract: order }
        let:
          live: = lines[cancelled = false]
          net: = $sum($live.(qty * price))
        fields:
          id: header.orderNo
          amount: { expr: $net * (1 + terms.taxRate), type: decimal, scale: 2 }
          country: { from: shipTo.country, lookup: country-iso }
          origin: { const: ERP }
          items:
            each: = $live
            fields:
              total: { expr: qty * price, type: decimal, scale: 2 }
        checks:
          - name: lines add up to the amount
            expr: $sum(items.total) <= amount
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("why").FullName;

    public WhyCommandTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "mappings"));
        Directory.CreateDirectory(Path.Combine(_folder, "lookups"));
        File.WriteAllText(Path.Combine(_folder, "mappings", "deal.yaml"), Deal);
        Directory.CreateDirectory(Path.Combine(_folder, "contracts"));
        File.WriteAllText(Path.Combine(_folder, "contracts", "order.yaml"), "contract: order\nproperties:\n  lines: { type: array, items: { properties: { qty: { type: number }, price: { type: number }, cancelled: { type: boolean } } } }\n");
        File.WriteAllText(Path.Combine(_folder, "lookups", "country-iso.yaml"), "lookup: country-iso\nentries: { DE: Germany }\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Why_OfAFieldOfAList_TellsSourcesListAndChecks() =>
        Assert.Equal(
            """
            items[].total   decimal, scale 2, half-up   deal.yaml:15
              from     lines[].qty, lines[].price
              through  each $live (line 13) = lines[cancelled = false] (line 5)
              used by  check "lines add up to the amount" (line 17)

            """.ReplaceLineEndings("\n"),
            await Output("deal", "items.total"));

    [Fact]
    public async Task Why_ThroughLets_TellsTheirTextsInChinese() =>
        Assert.Equal(
            """
            amount   decimal, scale 2, half-up   deal.yaml:9
              来自     lines[].cancelled, lines[].qty, lines[].price, terms.taxRate
              经由     $net = $sum($live.(qty * price)) (第 6 行)
                       $live = lines[cancelled = false] (第 5 行)
              用于     check "lines add up to the amount" (第 17 行)

            """.ReplaceLineEndings("\n"),
            await Output("deal", "amount", "--language", "zh"));

    [Fact]
    public async Task Why_OfAMapping_ListsAllFieldsBriefly() =>
        Assert.Equal(
            """
            id             header.orderNo
            amount         lines[].cancelled, lines[].qty, lines[].price, terms.taxRate
            country        shipTo.country, lookup country-iso
            origin         const ERP
            items[].total  lines[].qty, lines[].price

            """.ReplaceLineEndings("\n"),
            await Output("deal"));

    [Fact]
    public async Task Why_OfAFieldThatIsNotThere_IsCorrected()
    {
        var run = await CommandRun.Of("why", "deal", "items.totl", "--config", _folder);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.StartsWith("error HUB935: deal sets no field \"items.totl\"; did you mean items.total?", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_AsJson_HasEveryLink()
    {
        using var json = JsonDocument.Parse(await Output("mappings/deal.yaml#country", "--json"));

        var field = json.RootElement.GetProperty("fields")[0];
        Assert.Equal(["shipTo.country"], field.GetProperty("from").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal(("lookup", "country-iso"), (field.GetProperty("through")[0].GetProperty("kind").GetString(), field.GetProperty("through")[0].GetProperty("name").GetString()));
    }

    private async Task<string> Output(params string[] arguments)
    {
        var run = await CommandRun.Of(["why", .. arguments, "--config", _folder]);
        Assert.Equal((ExitCode.Fine, string.Empty), (run.Exit, run.Errors));
        return run.Output;
    }
}
