using Hub.Core.Journal;
using Tests.Runtime;

namespace Tests.Delivery;

public sealed class When_an_attempt_fails
{
    [Fact]
    public async Task Should_be_repeated_with_the_same_idempotency_key_until_it_succeeds()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 2, () => EngineBench.Away());

        await bench.PostAsync("""{"no":"A1"}""");
        await bench.SettleAsync();

        Assert.Equal([1, 2, 3], bench.Connector.Sent.Select(s => s.Message.Attempt));
        Assert.Single(bench.Connector.Sent.Select(s => s.Message.IdempotencyKey).Distinct());
        Assert.Equal(1, (await bench.LedgerAsync()).Delivered);
    }

    [Fact]
    public async Task Should_be_dead_with_all_attempts_when_the_policy_is_exhausted()
    {
        await using var bench = await new EngineBench()
            .System("crm", "retry: { immediate: 1, delayed: [ 10s, 1m ], jitter: 0% }\nbreaker: { failures: 100, open: 1m }\nendpoints: { deals: {} }")
            .Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 100, () => EngineBench.Away());
        var start = bench.Clock.GetUtcNow();

        var id = (await bench.PostAsync("""{"no":"A1"}""")).Messages[0].Id;
        await bench.SettleAsync();

        var view = await bench.FindAsync(id);
        Assert.Equal(MessageState.Dead, view.State);
        Assert.Equal([0.0, 0.0, 10.0, 70.0], view.Deliveries[0].Attempts.Select(a => Math.Round((a.At - start).TotalSeconds, 1)));
        Assert.Equal([1, 2, 3, 4], view.Deliveries[0].Attempts.Select(a => a.Number));
        Assert.All(view.Deliveries[0].Attempts, a => Assert.True(a.Transient));
        Assert.Equal(new LedgerRow("orders", 1, 0, 0, 0, 1, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_be_dead_at_once_when_the_target_refuses_for_good()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 100, EngineBench.Refused);

        var id = (await bench.PostAsync("""{"no":"A1"}""")).Messages[0].Id;
        await bench.SettleAsync();

        var attempt = Assert.Single((await bench.FindAsync(id)).Deliveries[0].Attempts);
        Assert.False(attempt.Transient);
        Assert.Single(bench.Connector.Sent);
    }

    [Fact]
    public async Task Should_wait_as_long_as_the_target_asks()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 1, () => EngineBench.Away(TimeSpan.FromSeconds(45)));

        await bench.PostAsync("""{"no":"A1"}""");
        await bench.QuietAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(44.9));
        await bench.QuietAsync();
        Assert.Single(bench.Connector.Sent);

        bench.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await bench.QuietAsync();
        Assert.Equal(2, bench.Connector.Sent.Count);
    }

    [Fact]
    public async Task Should_count_an_unknown_exception_as_transient_and_name_it()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 1, () => new InvalidCastException("who would have thought"));

        var id = (await bench.PostAsync("""{"no":"A1"}""")).Messages[0].Id;
        await bench.SettleAsync();

        var attempt = Assert.Single((await bench.FindAsync(id)).Deliveries[0].Attempts);
        Assert.Equal("error DLV601: the attempt failed: InvalidCastException: who would have thought", attempt.Error.ToString());
        Assert.Equal(1, (await bench.LedgerAsync()).Delivered);
    }

    [Fact]
    public async Task Should_be_cancelled_when_it_takes_longer_than_the_limit()
    {
        await using var bench = await new EngineBench().System("crm", "limits: { timeout: 5s }\nendpoints: { deals: {} }").Orders().StartAsync();
        var first = true;
        bench.Connector.OnSend("crm.deals", async (_, token) =>
        {
            if (!first) return;
            first = false;
            var never = new TaskCompletionSource();
            await using var registration = token.Register(() => never.TrySetCanceled(token));
            await never.Task;
        });

        var id = (await bench.PostAsync("""{"no":"A1"}""")).Messages[0].Id;
        while (bench.Connector.Sent.Count == 0) await Task.Yield();
        bench.Clock.Advance(TimeSpan.FromSeconds(5));
        await bench.SettleAsync();

        var attempt = Assert.Single((await bench.FindAsync(id)).Deliveries[0].Attempts);
        Assert.Equal("error DLV602: crm did not answer within 5s", attempt.Error.ToString());
        Assert.Equal(2, bench.Connector.Sent.Count);
    }
}
