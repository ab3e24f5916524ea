using Hub.Core.Journal;

namespace Tests.Pipelines;

public sealed class RouteStepTests
{
    private const string Route = """
        - route:
            - when: amount >= 100000
              to: [ crm.deals, oa.approvals ]
            - when: amount >= 1000
              to: crm.deals
        """;

    private readonly PipelineBench _bench = new();

    [Theory]
    [InlineData("""{"amount":100000}""", "crm.deals, oa.approvals")]
    [InlineData("""{"amount":99999.99}""", "crm.deals")]
    public async Task Branches_FirstThatHolds_Takes(string json, string targets)
    {
        var outcome = await _bench.RunAsync(_bench.Compile(PipelineBench.Steps(Route)), json);

        Assert.Equal(targets, string.Join(", ", outcome.Deliveries.Select(d => d.Destination)));
        Assert.All(outcome.Deliveries, d => Assert.Null(d.Body));
    }

    [Fact]
    public async Task Branches_NoneHolds_IsDeadWithTheConditionsAndWhatTheySaw()
    {
        var outcome = await _bench.RunAsync(_bench.Compile(PipelineBench.Steps(Route)), """{"amount":12.50}""");

        Assert.Equal(
            "Dead\nbody:1:1: error DAT360: steps[0].route: no branch takes the message: amount >= 100000 (amount is 12.50); amount >= 1000 (amount is 12.50) <- pipelines/p.yaml:4:5\n",
            PipelineBench.Show(outcome));
    }

    [Fact]
    public async Task Otherwise_TakesTheRest()
    {
        var pipeline = _bench.Compile(PipelineBench.Steps(Route + "\n    - otherwise: oa.approvals"));

        var outcome = await _bench.RunAsync(pipeline, """{"amount":1}""");

        Assert.Equal("Open\noa.approvals [0] the body\n", PipelineBench.Show(outcome));
    }

    [Fact]
    public async Task Condition_WithoutAnAnswer_DoesNotFallThroughToOtherwise()
    {
        var pipeline = _bench.Compile(PipelineBench.Steps(Route + "\n    - otherwise: oa.approvals"));

        var outcome = await _bench.RunAsync(pipeline, """{"amuont":100000}""");

        Assert.Equal(MessageState.Dead, outcome.State);
        Assert.Equal("DAT364", Assert.Single(outcome.Findings).Code);
    }
}
