using System.Text;
using Hub.Core.Journal;

namespace Tests.Pipelines;

public sealed class SplitStepTests
{
    private readonly PipelineBench _bench = new();

    [Fact]
    public async Task Elements_BecomeDeliveriesOfTheirOwn()
    {
        var outcome = await RunAsync("- split: lines\n- send: crm.deals", """{"no":"A1","lines":[{"n":1},{"n":2.50}]}""");

        Assert.Equal("Open\ncrm.deals [0] {\"n\":1}\ncrm.deals [1] {\"n\":2.50}\n", PipelineBench.Show(outcome));
        Assert.Equal([StepResultKind.Passed, StepResultKind.Passed], outcome.Steps.Select(s => s.Result));
    }

    [Fact]
    public async Task Parts_SeeTheWholeDocumentAsMessage()
    {
        var outcome = await RunAsync("- split: lines\n- filter: n = $message.wanted\n- send: crm.deals", """{"wanted":2,"lines":[{"n":1},{"n":2}]}""");

        Assert.Equal("Open\ncrm.deals [1] {\"n\":2}\n", PipelineBench.Show(outcome));
        Assert.Equal([StepResultKind.Passed, StepResultKind.Passed, StepResultKind.Passed], outcome.Steps.Select(s => s.Result));
    }

    [Fact]
    public async Task Parts_AllFiltered_FilterTheMessage()
    {
        var outcome = await RunAsync("- split: lines\n- filter: n > 5\n- send: crm.deals", """{"lines":[{"n":1},{"n":2}]}""");

        Assert.Equal("Filtered\n", PipelineBench.Show(outcome));
        Assert.Equal([StepResultKind.Passed, StepResultKind.Filtered], outcome.Steps.Select(s => s.Result));
    }

    [Fact]
    public async Task Part_Bad_MakesTheMessageDeadAndSendsNothing()
    {
        var outcome = await RunAsync(
            "- split: lines\n- filter: n > 0\n- send: crm.deals",
            "{\n  \"lines\": [\n    { \"n\": 1 },\n    { \"m\": 2 },\n    { \"n\": 3 },\n    { }\n  ]\n}");

        Assert.Equal(
            """
            Dead
            body:4:5: error DAT364: lines[1]: steps[1].filter: the condition n > 0 gives no value, neither true nor false (n has no value) <- pipelines/p.yaml:5:13
            body:6:5: error DAT364: lines[3]: steps[1].filter: the condition n > 0 gives no value, neither true nor false (n has no value) <- pipelines/p.yaml:5:13

            """,
            PipelineBench.Show(outcome));
        Assert.Equal([StepResultKind.Passed, StepResultKind.Failed, StepResultKind.Passed], outcome.Steps.Select(s => s.Result));
    }

    [Theory]
    [InlineData("""{"lines":[]}""")]
    [InlineData("""{"liness":[1]}""")]
    [InlineData("""{"lines":null}""")]
    public async Task NoElements_AreAnErrorUnlessTheStepSaysOtherwise(string json)
    {
        var strict = await RunAsync("- split: lines\n- send: crm.deals", json);
        var lenient = await RunAsync("- split: { each: lines, empty: filter }\n- send: crm.deals", json);

        Assert.Equal("DAT370", Assert.Single(strict.Findings).Code);
        Assert.Equal(MessageState.Dead, strict.State);
        Assert.Equal("Filtered\n", PipelineBench.Show(lenient));
    }

    [Fact]
    public async Task SingleValue_IsOnePart()
    {
        var outcome = await RunAsync("- split: line\n- send: crm.deals", """{"line":{"n":1}}""");

        Assert.Equal("Open\ncrm.deals [0] {\"n\":1}\n", PipelineBench.Show(outcome));
    }

    [Fact]
    public async Task Elements_MadeByAnExpression_AreSentAsTheyWereMade()
    {
        var outcome = await RunAsync("- split: = lines.{ \"id\": n }\n- send: crm.deals".Replace("= lines.{ \"id\": n }", "|\n    lines.{ \"id\": n }", StringComparison.Ordinal), """{"lines":[{"n":1},{"n":2}]}""");

        Assert.Equal("Open\ncrm.deals [0] {\"id\":1}\ncrm.deals [1] {\"id\":2}\n", PipelineBench.Show(outcome));
    }

    [Fact]
    public async Task Parts_BeyondTheLimit_AreRefused()
    {
        var json = new StringBuilder("{\"lines\":[0");
        for (var i = 0; i < 10_000; i++) json.Append(",0");
        var outcome = await RunAsync("- split: lines\n- send: crm.deals", json.Append("]}").ToString());

        Assert.Equal(
            "Dead\nbody:1:1: error LIM540: steps[0].split: the document has 10,001 parts; the most is 10,000 <- pipelines/p.yaml:4:12\n",
            PipelineBench.Show(outcome));
    }

    private ValueTask<PipelineOutcome> RunAsync(string steps, string json) => _bench.RunAsync(_bench.Compile(PipelineBench.Steps(steps)), json);
}
