using Hub.Core.Pipelines;

namespace Tests.Pipelines;

public sealed class PipelineRunPoolTests
{
    private readonly PipelineBench _bench = new();

    [Fact]
    public void Run_GivenBack_IsRentedAgainClean()
    {
        var first = _bench.Rent("""{"a":1}""", "file:1:1", "event");
        var builder = first.Builder;
        first.Dispose();
        first.Dispose();

        using var second = _bench.Pool.Rent();
        using var third = _bench.Pool.Rent();

        Assert.Same(builder, second.Builder);
        Assert.NotSame(second, third);
        Assert.Equal((0, 0, null, default), (second.Body.Length, second.Document.NodeCount, second.Attributes.Origin, second.Now));
    }

    [Fact]
    public void Pool_Full_LetsRunsGo()
    {
        var pool = new PipelineRunPool(_bench.Gateway, _bench.Xrefs, _bench.Clock, keep: 1);
        var (first, second) = (pool.Rent(), pool.Rent());
        first.Dispose();
        second.Dispose();

        Assert.Same(first, pool.Rent());
        Assert.NotSame(second, pool.Rent());
    }

    [Fact]
    public async Task Outcome_OutlivesItsRun()
    {
        _bench.Gateway.Knows("crm.accounts?a=1", """{"x":1}""").Knows("crm.accounts?a=2", """{"x":2}""");
        var pipeline = _bench.Compile(PipelineBench.Steps("- enrich: { as: r, from: crm.accounts, where: { a: a } }\n- split: r\n- send: crm.deals"));

        var first = await _bench.RunAsync(pipeline, """{"a":1}""");
        var second = await _bench.RunAsync(pipeline, """{"a":2}""");

        Assert.Equal("Open\ncrm.deals [0] {\"x\":1}\n", PipelineBench.Show(first));
        Assert.Equal("Open\ncrm.deals [0] {\"x\":2}\n", PipelineBench.Show(second));
    }

    [Fact]
    public async Task Run_ThatAsksNobody_AllocatesLittleBesideItsOutcome()
    {
        const int Runs = 100;
        var pipeline = _bench.Compile(PipelineBench.Steps("- filter: a = 1\n- route:\n    - when: a > 1\n      to: oa.approvals\n    - otherwise: crm.deals"));
        using var run = _bench.Rent("""{"a":1}""");
        await pipeline.RunAsync(run, default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Runs; i++) await pipeline.RunAsync(run, default);

        // The outcome, its two lists and one delivery take some 250 bytes.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Runs, 0, 400);
    }

    [Fact]
    public async Task Run_AfterAFailedOne_StartsFresh()
    {
        var pipeline = _bench.Compile(PipelineBench.Steps("- split: lines\n- filter: n > 1\n- send: crm.deals"));

        await _bench.RunAsync(pipeline, """{"lines":[{"n":2},{}]}""");
        var outcome = await _bench.RunAsync(pipeline, """{"lines":[{"n":2}]}""");

        Assert.Equal("Open\ncrm.deals [0] {\"n\":2}\n", PipelineBench.Show(outcome));
    }

    [Fact]
    public async Task SameRun_AfterAWait_RunsThePipelineAsAWhole()
    {
        var pipeline = _bench.Compile(PipelineBench.Steps("- enrich: { as: r, from: crm.accounts, where: { a: a }, missing: wait }\n- send: crm.deals"));
        using var run = _bench.Rent("""{"a":1}""");
        await Assert.ThrowsAsync<Hub.Abstractions.TransientException>(() => pipeline.RunAsync(run, default).AsTask());
        _bench.Gateway.Knows("crm.accounts?a=1", "true");

        var outcome = await pipeline.RunAsync(run, default);

        Assert.Equal("Open\ncrm.deals [0] {\"a\":1,\"r\":true}\n", PipelineBench.Show(outcome));
        Assert.Equal(2, outcome.Steps.Count);
    }
}
