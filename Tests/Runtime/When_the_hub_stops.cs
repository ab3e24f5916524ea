using Hub.Abstractions.Ingress;
using Hub.Core.Journal;

namespace Tests.Runtime;

public sealed class When_the_hub_stops
{
    [Fact]
    public async Task Should_let_a_running_attempt_end_and_remember_it()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        await bench.PostAsync("""{"no":"A"}""");
        await latch.ArrivedAsync();

        var stop = bench.Engine.StopAsync(CancellationToken.None);
        Assert.False(stop.IsCompleted);
        latch.Open();
        await stop;
        await bench.StartAsync();
        await bench.SettleAsync();

        Assert.Single(bench.Connector.Sent);
        Assert.Equal(1, (await bench.LedgerAsync()).Delivered);
    }

    [Fact]
    public async Task Should_cut_off_an_attempt_that_does_not_end_and_repeat_it_without_counting_it()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        var id = (await bench.PostAsync("""{"no":"A"}""")).Messages[0].Id;
        await latch.ArrivedAsync();

        await bench.StopAsync();
        bench.Connector.OnSend("crm.deals", (_, _) => ValueTask.CompletedTask);
        await bench.StartAsync();
        await bench.SettleAsync();

        Assert.Equal([1, 1], bench.Connector.Sent.Select(s => s.Message.Attempt));
        Assert.Empty((await bench.FindAsync(id)).Deliveries[0].Attempts);
        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_take_nothing_new()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        await bench.StopAsync();

        var result = await bench.PostAsync("""{"no":"A"}""");

        Assert.Equal(IngressStatus.Unavailable, result.Status);
        Assert.Equal("ING708", result.Finding!.Code);
        await bench.StartAsync();
    }

    [Fact]
    public async Task Should_not_move_the_day_however_long_the_stop_takes()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        await bench.PostAsync("""{"no":"A"}""");
        await latch.ArrivedAsync();
        var before = bench.Clock.GetUtcNow();

        await bench.StopAsync();

        Assert.InRange(bench.Clock.GetUtcNow() - before, TimeSpan.Zero, 2 * bench.Engine.Options.StopLimit);
        bench.Connector.OnSend("crm.deals", (_, _) => ValueTask.CompletedTask);
        await bench.StartAsync();
    }
}
