using Hub.Core.Pipelines;
using Hub.Core.Runtime;
using Tests.Mapping;

namespace Tests.Pipelines;

/// <summary>What a map step does with a mapping that asks the identity map.</summary>
public sealed class XrefStepTests
{
    private readonly PipelineBench _bench = new();

    [Fact]
    public async Task Map_AsksOnceForAllKeysOfTheRecord()
    {
        _bench.Xrefs.Knows("product", "erp", "P1", "crm", "11").Knows("product", "erp", "P2", "crm", "12");

        var outcome = await RunAsync("l: { each: lines, fields: { p: { from: sku, xref: { entity: product, from: erp, to: crm } } } }", """{"lines":[{"sku":"P1"},{"sku":"P2"},{"sku":"P1"}]}""");

        Assert.Equal("Open\ncrm.deals [0] {\"l\":[{\"p\":\"11\"},{\"p\":\"12\"},{\"p\":\"11\"}]}\n", PipelineBench.Show(outcome));
        Assert.Equal(["P1 P2"], _bench.Xrefs.Asked);
    }

    [Fact]
    public async Task Map_OfPartsOfASplitMessage_KeepsTheWishesOfEach()
    {
        var outcome = await RunAsync("p: { from: sku, required: false, xref: { entity: product, from: erp, to: crm, missing: later } }", """{"lines":[{"sku":"P1"},{"sku":"P2"}]}""", "- split: lines\n");

        Assert.Equal(["P1", "P2"], outcome.Wanted.Select(key => key.Id));
        Assert.Equal(2, outcome.Deliveries.Count);
    }

    [Fact]
    public async Task Identity_GoesWithTheDeliveriesToItsSystemOnly()
    {
        var outcome = await RunAsync("no: no", """{"no":"7"}""", target: "[ crm.deals, oa.approvals ]", head: "source: { system: erp }\ntarget: { system: crm }\nidentity: { entity: deal, from: no, to: no }\n");

        Assert.Equal(["crm.deals deal 7 7", "oa.approvals"], outcome.Deliveries.Select(d => $"{d.Destination} {d.Identity?.Key.Entity} {d.Identity?.Key.Id} {d.Identity?.Target}".TrimEnd()));
    }

    [Fact]
    public void FileVariable_AtAnEndpointWithoutALayout_IsRefused()
    {
        _bench.WithMapping("m", new PlanMapping(Mapped.Plan(Mapped.Fields("f: $file.header.no")), _bench.Clock));

        Assert.Equal(
            ["pipelines/p.yaml:4:10: error CFG316: steps[0].map: m uses $file, but erp.orders sends json, which has no header and trailer"],
            _bench.Try(PipelineBench.Steps("- map: m\n- send: crm.deals"), out _));
    }

    [Fact]
    public async Task Held_NamesEveryKeyAndTheShortestPatience()
    {
        var held = await Assert.ThrowsAsync<HeldException>(async () => await RunAsync(
            "a: { from: a, xref: { entity: account, from: erp, to: crm, missing: hold, hold_for: 3h } }\nb: { from: b, xref: { entity: account, from: erp, to: crm, missing: hold, hold_for: 2h } }", """{"a":"C1","b":"C2"}"""));

        Assert.Equal(["C1", "C2"], held.Keys.Select(key => key.Id));
        Assert.Equal((TimeSpan.FromHours(2), 2), (held.HoldFor, held.Findings.Count));
    }

    private async Task<Hub.Core.Journal.PipelineOutcome> RunAsync(string fields, string json, string steps = "", string target = "crm.deals", string head = "")
    {
        var plan = Mapped.Plan(Mapped.Fields(fields, head));
        _bench.WithMapping("m", new PlanMapping(plan, _bench.Clock));
        return await _bench.RunAsync(_bench.Compile(PipelineBench.Steps($"{steps}- map: m\n- send: {target}")), json);
    }
}
