using System.Globalization;
using Hub.Core.Delivery;
using Hub.Core.Operations;
using Tests.Runtime;

namespace Tests.Delivery;

public sealed class When_a_system_is_limited
{
    [Fact]
    public async Task Should_leave_it_alone_while_its_breaker_is_open_and_use_up_no_attempts()
    {
        await using var bench = await new EngineBench()
            .System("crm", "limits: { concurrency: 1 }\nretry: { immediate: 0, delayed: [ 10m ], jitter: 0% }\nbreaker: { failures: 3, open: 1m }\nendpoints: { deals: {} }")
            .Orders(key: "").StartAsync();
        var down = true;
        bench.Connector.OnSend("crm.deals", (_, _) => down ? ValueTask.FromException(EngineBench.Away()) : ValueTask.CompletedTask);

        for (var i = 0; i < 20; i++) await bench.PostAsync(Body(i));
        await bench.QuietAsync();
        Assert.Equal(3, bench.Connector.Sent.Count);
        var status = await new HubOperations(bench.Engine).StatusAsync(CancellationToken.None);
        Assert.Equal(new SystemStatus("crm", "open", 0, 20), status.Systems.Single(s => s.Name == "crm"));

        bench.Clock.Advance(TimeSpan.FromSeconds(59));
        await bench.QuietAsync();
        Assert.Equal(3, bench.Connector.Sent.Count);

        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.QuietAsync();
        Assert.Equal(4, bench.Connector.Sent.Count);

        down = false;
        await bench.SettleAsync();
        Assert.Equal(20, (await bench.LedgerAsync()).Delivered);
        Assert.Equal(4 + 20, bench.Connector.Sent.Count);
        Assert.Equal(2, bench.Connector.Sent.Max(s => s.Message.Attempt));
    }

    [Fact]
    public async Task Should_keep_to_its_rate()
    {
        await using var bench = await new EngineBench().System("crm", "limits: { rate: 10/s }\nendpoints: { deals: {} }").Orders(key: "").StartAsync();

        for (var i = 0; i < 25; i++) await bench.PostAsync(Body(i));
        await bench.QuietAsync();
        Assert.Single(bench.Connector.Sent);

        for (var tenths = 1; tenths <= 24; tenths++)
        {
            bench.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await bench.QuietAsync();
            Assert.Equal(1 + tenths, bench.Connector.Sent.Count);
        }
    }

    [Fact]
    public async Task Should_have_no_more_attempts_at_once_than_it_bears()
    {
        await using var bench = await new EngineBench().System("crm", "limits: { concurrency: 3 }\nendpoints: { deals: {} }").Orders(key: "").StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);

        for (var i = 0; i < 10; i++) await bench.PostAsync(Body(i));
        await latch.ArrivedAsync(3);
        latch.Open();
        await bench.SettleAsync();

        Assert.Equal(3, latch.MostInside);
        Assert.Equal(10, bench.Connector.Confirmed.Count);
    }

    [Fact]
    public async Task Should_not_keep_another_system_waiting()
    {
        await using var bench = await new EngineBench()
            .System("oa", "endpoints: { approvals: {} }")
            .Pipeline("orders", "from: erp.orders\nsteps:\n  - route:\n    - when: no = \"A\"\n      to: crm.deals\n    - otherwise: oa.approvals")
            .StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);

        for (var i = 0; i < 20; i++) await bench.PostAsync("""{"no":"A"}""", $"a{i}");
        await latch.ArrivedAsync(4);
        await bench.PostAsync("""{"no":"B"}""");
        while (bench.Connector.Confirmed.Count == 0) await Task.Yield();

        Assert.Equal("oa.approvals", bench.Connector.Confirmed[0].Endpoint);
        latch.Open();
        await bench.SettleAsync();
    }

    [Fact]
    public async Task Should_give_memory_back_and_read_bodies_again_when_their_turn_comes()
    {
        await using var bench = new EngineBench { BodyBudget = 2_000 };
        await bench.System("crm", "limits: { concurrency: 2 }\nendpoints: { deals: {} }").Orders().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        var bodies = Enumerable.Range(0, 300).Select(i => $$"""{"no":"K{{i % 40}}","text":"{{new string((char)('a' + (i % 26)), 500)}}","n":{{i}}}""").ToArray();

        foreach (var body in bodies) await bench.PostAsync(body);
        await latch.ArrivedAsync(2);
        Assert.InRange(bench.Engine.Flow.Bodies.Used, 0, 4_000);

        latch.Open();
        await bench.SettleAsync();
        Assert.Equal(bodies.Order(), bench.Connector.Confirmed.Select(s => s.Body).Order());
        Assert.Equal(0, bench.Engine.Flow.Bodies.Used);
    }

    private static string Body(int i) => string.Create(CultureInfo.InvariantCulture, $$"""{"no":"{{i}}"}""");
}
