using Hub.Core.Journal;
using Hub.Core.Operations;

namespace Tests.Runtime;

public sealed class HubOperationsTests
{
    [Fact]
    public async Task Dead_TwoReasons_AreTwoGroups()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.OnSend("crm.deals", (_, _) => ValueTask.FromException(EngineBench.Refused()));
        for (var i = 0; i < 3; i++) await bench.PostAsync($$"""{"no":"A{{i}}"}""");
        await bench.PostAsync("""{"other":1}""");
        await bench.SettleAsync();

        var groups = await new HubOperations(bench.Engine).DeadAsync(null, CancellationToken.None);

        Assert.Equal([("DLV601", 3), ("DAT361", 1)], groups.Select(g => (g.Code, g.Count)));
        Assert.Equal(3, groups[0].Ids.Count);
    }

    [Fact]
    public async Task Replay_ByCode_OpensTheOldestOfThemOnly()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 3, EngineBench.Refused);
        for (var i = 0; i < 3; i++)
        {
            await bench.PostAsync($$"""{"no":"A{{i}}"}""");
            await bench.SettleAsync();
        }

        var report = await new HubOperations(bench.Engine).ReplayAsync(
            new ReplayRequest { Pipeline = "orders", Code = "DLV601", Limit = 2, Reason = "the target is back" }, CancellationToken.None);
        await bench.SettleAsync();

        Assert.Equal(2, report.Replayed.Count);
        Assert.Equal(["""{"no":"A0"}""", """{"no":"A1"}"""], bench.Connector.Confirmed.Select(s => s.Body).Order());
        Assert.Equal(new LedgerRow("orders", 3, 2, 0, 0, 1, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Replay_OfWhatIsNotDead_SaysSo()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        var id = (await bench.PostAsync("""{"no":"A"}""")).Messages[0].Id.ToString();
        await bench.SettleAsync();

        var report = await new HubOperations(bench.Engine).ReplayAsync(new ReplayRequest { Ids = [id, "nonsense"] }, CancellationToken.None);

        Assert.Equal([id, "nonsense"], report.NotDead);
        Assert.Single(bench.Connector.Sent);
    }

    [Fact]
    public async Task Explain_NamesStepsWithTheirLines()
    {
        await using var bench = await new EngineBench()
            .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - filter: amount > 10\n  - send: crm.deals")
            .StartAsync();
        var kept = (await bench.PostAsync("""{"no":"A","amount":11}""")).Messages[0].Id;
        var filtered = (await bench.PostAsync("""{"no":"B","amount":9}""")).Messages[0].Id;
        await bench.SettleAsync();
        var operations = new HubOperations(bench.Engine);

        var delivered = (await operations.ExplainAsync(kept, CancellationToken.None))!;
        var ended = (await operations.ExplainAsync(filtered, CancellationToken.None))!;

        Assert.Equal(MessageState.Delivered, delivered.State);
        Assert.Equal(["filter pipelines/orders.yaml:5", "send pipelines/orders.yaml:6"], delivered.Steps.Select(s => $"{s.Kind} {s.At}"));
        Assert.Equal("crm.deals", Assert.Single(delivered.Deliveries).Destination);
        Assert.Equal(MessageState.Filtered, ended.State);
        Assert.Equal(StepResultKind.Filtered, Assert.Single(ended.Steps).Result);
        Assert.Equal("""{"no":"B","amount":9}""", ended.Body);
    }

    [Fact]
    public async Task WaitForIdle_ThatTakesTooLong_ShowsWhatIsInFlight()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 100, () => EngineBench.Away(TimeSpan.FromMinutes(5)));
        await bench.PostAsync("""{"no":"A"}""");
        await bench.QuietAsync();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();

        var error = await Assert.ThrowsAsync<TimeoutException>(() => bench.Engine.WaitForIdleAsync(now.Token));

        Assert.Contains("in flight 1; running 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("timers 2, the next in 30s", error.Message, StringComparison.Ordinal);
        Assert.Contains("system crm          breaker Closed", error.Message, StringComparison.Ordinal);
        Assert.Contains("lane orders A: 1 messages", error.Message, StringComparison.Ordinal);
        Assert.Contains("to crm.deals: Delayed, 1 failed attempts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfADeadDelivery_GetsAllAttemptsOfThePolicyAnew()
    {
        await using var bench = await new EngineBench()
            .System("crm", "retry: { immediate: 2, delayed: [] }\nendpoints: { deals: {} }").Orders().StartAsync();
        var attempts = 0;
        bench.Connector.OnSend("crm.deals", (_, _) => ++attempts == 1 ? throw EngineBench.Refused() : throw EngineBench.Away());
        var id = (await bench.PostAsync("""{"no":"A"}""")).Messages[0].Id;
        await bench.SettleAsync();

        await new HubOperations(bench.Engine).ReplayAsync(new ReplayRequest { Ids = [id.ToString()] }, CancellationToken.None);
        await bench.SettleAsync();

        Assert.Equal([1, 2, 3, 4], (await bench.FindAsync(id)).Deliveries[0].Attempts.Select(a => a.Number));
    }

    [Fact]
    public async Task Retention_ForgetsWhatIsOlderThanItIsKept()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        var id = (await bench.PostAsync("""{"no":"A"}""")).Messages[0].Id;
        await bench.SettleAsync();

        bench.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(MessageState.Delivered, (await bench.FindAsync(id)).State);
        bench.Clock.Advance(TimeSpan.FromDays(2));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await bench.Store.FindAsync(id, patience.Token) is not null) bench.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
    }
}
