namespace Tests.Pipelines;

public sealed class ValidateStepTests
{
    private const string Contract = """
        contract: order
        type: object
        required: [ no ]
        properties:
          no: { type: string }
          lines: { type: array, items: { type: object, properties: { qty: { type: number, minimum: 1 } } } }
        """;

    private readonly PipelineBench _bench = new PipelineBench().With("contracts/order.yaml", Contract + "\n");

    [Fact]
    public async Task Document_ThatFits_GoesOn()
    {
        var outcome = await RunAsync("- validate: order\n- send: crm.deals", """{"no":"A"}""");

        Assert.Equal("Open\ncrm.deals [0] the body\n", PipelineBench.Show(outcome));
    }

    [Fact]
    public async Task Document_ThatDoesNotFit_IsDeadWithAllFindings()
    {
        var outcome = await RunAsync("- validate: order\n- send: crm.deals", "{\"no\":1,\n\"lines\":[{\"qty\":0},{\"qty\":\"x\"}]}");

        Assert.Equal(["body:1:7", "body:2:17", "body:2:27"], outcome.Findings.Select(f => f.At.ToString()));
        Assert.Empty(outcome.Deliveries);
    }

    [Fact]
    public async Task Parts_AreCheckedWhereTheyStand()
    {
        var bench = _bench.With("contracts/line.yaml", "contract: line\ntype: object\nproperties:\n  qty: { type: number }\n");
        var pipeline = bench.Compile(PipelineBench.Steps("- split: lines\n- validate: line\n- send: crm.deals"));

        var outcome = await bench.RunAsync(pipeline, "{\"lines\":[{\"qty\":1},\n{\"qty\":\"x\"}]}", "orders.json:5:1");

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("orders.json:6:8", "lines[1]: qty"), (finding.At.ToString(), finding.Path));
    }

    [Fact]
    public async Task Parts_MadeByAnExpression_AreChecked()
    {
        var bench = _bench.With("contracts/line.yaml", "contract: line\ntype: object\nproperties:\n  qty: { type: number }\n");
        var pipeline = bench.Compile(PipelineBench.Steps("- split: |\n    lines.{ \"qty\": q }\n- validate: line\n- send: crm.deals"));

        var outcome = await bench.RunAsync(pipeline, """{"lines":[{"q":1},{"q":"x"}]}""");

        Assert.Equal("body:1:1", Assert.Single(outcome.Findings).At.ToString());
    }

    private ValueTask<Hub.Core.Journal.PipelineOutcome> RunAsync(string steps, string json) => _bench.RunAsync(_bench.Compile(PipelineBench.Steps(steps)), json);
}
