using Hub.Core.Journal;

namespace Tests.Pipelines;

public sealed class FilterStepTests
{
    private readonly PipelineBench _bench = new();

    [Fact]
    public async Task Condition_True_LetsTheBodyGoOn()
    {
        var outcome = await RunAsync("""{"status":"APPROVED"}""");

        Assert.Equal("Open\ncrm.deals [0] the body\n", PipelineBench.Show(outcome));
        Assert.Equal([new StepOutcome(0, StepResultKind.Passed, 0), new StepOutcome(1, StepResultKind.Passed, 0)], outcome.Steps);
    }

    [Fact]
    public async Task Condition_False_EndsAsFilteredAtTheStep()
    {
        var outcome = await RunAsync("""{"status":"DRAFT"}""");

        Assert.Equal("Filtered\n", PipelineBench.Show(outcome));
        Assert.Equal([new StepOutcome(0, StepResultKind.Filtered, 0)], outcome.Steps);
    }

    [Theory]
    [InlineData("amount > 10", """{"total":1}""", "DAT364")]
    [InlineData("status", """{"status":"DRAFT"}""", "DAT364")]
    [InlineData("$exists(status) ? null : true", """{"status":"DRAFT"}""", "DAT364")]
    [InlineData("$number(status) > 1", """{"status":"DRAFT"}""", "D3030")]
    public async Task Condition_WithoutAClearAnswer_IsDeadAndNotFiltered(string condition, string json, string code)
    {
        var pipeline = _bench.Compile(PipelineBench.Steps($"- filter: |\n    {condition}\n- send: crm.deals"));

        var outcome = await _bench.RunAsync(pipeline, json);

        Assert.Equal(MessageState.Dead, outcome.State);
        Assert.Empty(outcome.Deliveries);
        Assert.Equal([StepResultKind.Failed], outcome.Steps.Select(s => s.Result));
        Assert.Equal(code, Assert.Single(outcome.Findings).Code);
    }

    [Fact]
    public async Task Condition_NotBoolean_SaysWhatItSawAndWhere()
    {
        var pipeline = _bench.Compile(PipelineBench.Steps("- filter: status\n- send: crm.deals"));

        var outcome = await _bench.RunAsync(pipeline, """{"state":1}""", "inbox/orders.json:12:3");

        Assert.Equal(
            "Dead\ninbox/orders.json:12:3: error DAT364: steps[0].filter: the condition status gives no value, neither true nor false (status has no value) <- pipelines/p.yaml:4:13\n",
            PipelineBench.Show(outcome));
    }

    private ValueTask<PipelineOutcome> RunAsync(string json) =>
        _bench.RunAsync(_bench.Compile(PipelineBench.Steps("- filter: { when: status != \"DRAFT\", reason: drafts stay }\n- send: crm.deals")), json);
}
