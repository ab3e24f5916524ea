using Hub.Abstractions;
using Hub.Core.Journal;
using Mappings.Diagnostics;

namespace Tests.Pipelines;

public sealed class EnrichStepTests
{
    private const string Order = """{"customer":{"code":"C1"},"lines":[{"sku":"S1"},{"sku":"S1"},{"sku":"S2"}]}""";
    private const string Question = "crm.accounts?code=C1";

    private readonly PipelineBench _bench = new();

    [Fact]
    public async Task Answer_BecomesAMemberOfTheDocument()
    {
        _bench.Gateway.Knows(Question, """{"id":7.0}""");

        var outcome = await RunAsync(Enrich(), Order);

        Assert.Equal(Order[..^1] + ",\"account\":{\"id\":7.0}}", Text(outcome));
        Assert.Equal([Question], _bench.Gateway.Asked);
    }

    [Fact]
    public async Task Answer_IsSeenByLaterSteps()
    {
        _bench.Gateway.Knows(Question, """{"blocked":true}""");

        var outcome = await RunAsync("- enrich: { as: account, from: crm.accounts, where: { code: customer.code } }\n- filter: = account.blocked = false\n- send: crm.deals", Order);

        Assert.Equal(MessageState.Filtered, outcome.State);
    }

    [Theory]
    [InlineData("{}", """{"account":{"id":1}}""")]
    [InlineData("{ \n}\n ", """{"account":{"id":1}}""")]
    public async Task Document_Empty_TakesTheMember(string json, string expected)
    {
        _bench.Gateway.Knows("crm.accounts?code=x", """{"id":1}""");

        var outcome = await RunAsync("- enrich: { as: account, from: crm.accounts, where: { code: '= \"x\"' } }\n- send: crm.deals", json);

        Assert.Equal(expected, Text(outcome).Replace(" \n", string.Empty, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("null", """{"customer":{"code":"C1"},"account":null}""")]
    public async Task NoRecord_Null_WritesNull(string missing, string expected)
    {
        var outcome = await RunAsync(Enrich($", missing: {missing}"), """{"customer":{"code":"C1"}}""");

        Assert.Equal(expected, Text(outcome));
    }

    [Fact]
    public async Task NoRecord_Error_IsDead()
    {
        var outcome = await RunAsync(Enrich(), Order);

        Assert.Equal("Dead\nbody:1:1: error DAT365: steps[0].enrich: crm.accounts has no record with code = C1 <- pipelines/p.yaml:4:5\n", PipelineBench.Show(outcome));
    }

    [Fact]
    public async Task NoRecord_Wait_AsksForAnotherRunAndNamesTheAskedEndpoint()
    {
        var pipeline = _bench.Compile(PipelineBench.Steps(Enrich(", missing: wait")));
        using var run = _bench.Rent(Order);

        var wait = await Assert.ThrowsAsync<TransientException>(() => pipeline.RunAsync(run, default).AsTask());

        Assert.Equal("DAT372", wait.Finding.Code);
        Assert.Equal("crm.accounts", run.Asked.ToString());
    }

    [Fact]
    public async Task SystemAway_ThrowsForAnotherRun()
    {
        var away = new TransientException(Finding.Error("DLV601", SourcePosition.None));
        _bench.Gateway.Before = _ => throw away;

        Assert.Same(away, await Assert.ThrowsAsync<TransientException>(() => RunAsync(Enrich(", missing: \"null\""), Order).AsTask()));
    }

    [Fact]
    public async Task SystemRefuses_IsDeadWithItsReason()
    {
        _bench.Gateway.Before = _ => throw new PermanentException(Finding.Error("DLV602", SourcePosition.None));

        var outcome = await RunAsync(Enrich(), Order);

        Assert.Equal(MessageState.Dead, outcome.State);
        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("DLV602", "body:1:1", "pipelines/p.yaml:4:5"), (finding.Code, finding.At.ToString(), finding.Mapping.ToString()));
    }

    [Fact]
    public async Task Answer_NotJson_IsDead()
    {
        _bench.Gateway.Knows(Question, "<html>");

        var outcome = await RunAsync(Enrich(), Order);

        Assert.Equal("DAT367", Assert.Single(outcome.Findings).Code);
    }

    [Theory]
    [InlineData("""{"customer":{}}""", "DAT366")]
    [InlineData("""{"customer":{"code":null}}""", "DAT366")]
    [InlineData("""{"customer":{"code":["a","b"]}}""", "DAT366")]
    [InlineData("""["customer"]""", "DAT368")]
    [InlineData("""{"customer":{"code":"C1"},"account":1}""", "DAT369")]
    public async Task Document_ThatCannotAskOrTakeTheAnswer_IsDeadBeforeAsking(string json, string code)
    {
        _bench.Gateway.Knows(Question, "{}");

        var outcome = await RunAsync(Enrich(), json);

        Assert.Equal(code, Assert.Single(outcome.Findings).Code);
        Assert.Empty(_bench.Gateway.Asked);
    }

    [Fact]
    public async Task Cache_SameQuestion_IsAskedOnceUntilItsTimeIsOver()
    {
        _bench.Gateway.Knows(Question, "{}");
        var pipeline = _bench.Compile(PipelineBench.Steps(Enrich(", cache: 10m")));

        await _bench.RunAsync(pipeline, Order);
        await _bench.RunAsync(pipeline, Order);
        Assert.Single(_bench.Gateway.Asked);
        _bench.Clock.Advance(TimeSpan.FromMinutes(11));
        await _bench.RunAsync(pipeline, Order);

        Assert.Equal(2, _bench.Gateway.Asked.Count);
    }

    [Fact]
    public async Task Cache_Hit_CompletesSynchronously()
    {
        _bench.Gateway.Knows(Question, "{}");
        var pipeline = _bench.Compile(PipelineBench.Steps(Enrich(", cache: 10m")));
        await _bench.RunAsync(pipeline, Order);
        using var run = _bench.Rent(Order);

        var running = pipeline.RunAsync(run, default).AsTask();

        Assert.True(running.IsCompletedSuccessfully);
        await running;
    }

    [Fact]
    public async Task Parts_AreEnrichedOneByOne()
    {
        _bench.Gateway.Knows("crm.accounts?sku=S1", "1").Knows("crm.accounts?sku=S2", "2");

        var outcome = await RunAsync("- split: lines\n- enrich: { as: p, from: crm.accounts, where: { sku: sku }, cache: 1m }\n- filter: = p > 0\n- send: crm.deals", Order);

        Assert.Equal(
            "Open\ncrm.deals [0] {\"sku\":\"S1\",\"p\":1}\ncrm.deals [1] {\"sku\":\"S1\",\"p\":1}\ncrm.deals [2] {\"sku\":\"S2\",\"p\":2}\n",
            PipelineBench.Show(outcome));
        Assert.Equal(["crm.accounts?sku=S1", "crm.accounts?sku=S2"], _bench.Gateway.Asked);
    }

    [Fact]
    public async Task Findings_AfterEnrich_StillLeadIntoTheInput()
    {
        _bench.Gateway.Knows(Question, "{}");
        var pipeline = _bench.With("contracts/c.yaml", "contract: c\ntype: object\nproperties:\n  n: { type: number }\n")
            .Compile(PipelineBench.Steps("- enrich: { as: account, from: crm.accounts, where: { code: customer.code } }\n- validate: c\n- send: crm.deals"));

        var outcome = await _bench.RunAsync(pipeline, "{\"customer\":{\"code\":\"C1\"},\n \"n\": true}", "orders.json:10:5");

        Assert.Equal("orders.json:11:7", Assert.Single(outcome.Findings).At.ToString());
    }

    private static string Enrich(string more = "") => $"- enrich: {{ as: account, from: crm.accounts, where: {{ code: customer.code }}{more} }}\n- send: crm.deals";

    private static string Text(PipelineOutcome outcome) => System.Text.Encoding.UTF8.GetString(Assert.Single(outcome.Deliveries).Body!.Value.Span);

    private ValueTask<PipelineOutcome> RunAsync(string steps, string json) => _bench.RunAsync(_bench.Compile(PipelineBench.Steps(steps)), json);
}
