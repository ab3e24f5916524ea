using Hub.Abstractions.Ingress;
using Hub.Core.Journal;

namespace Tests.Runtime;

public sealed class When_the_hub_crashes
{
    [Fact]
    public async Task Before_the_commit_Should_have_told_the_sender_nothing_and_hold_nothing()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Store.BeforeCommit = group =>
        {
            if (Accepts(group)) bench.Store.Crash();
        };

        var result = await bench.PostAsync("""{"no":"A"}""", "e1");
        await bench.CrashAndStartAsync();
        await bench.SettleAsync();

        Assert.Equal(IngressStatus.Unavailable, result.Status);
        Assert.Empty(bench.Connector.Sent);
        Assert.Equal(IngressStatus.Accepted, (await bench.PostAsync("""{"no":"A"}""", "e1")).Status);
        await bench.SettleAsync();
        Assert.Single(bench.Connector.Sent);
    }

    [Fact]
    public async Task After_the_commit_and_before_the_sender_knows_Should_deliver_once_although_it_is_sent_again()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Store.AfterCommit = group =>
        {
            if (Accepts(group)) bench.Store.Crash();
        };

        var result = await bench.PostAsync("""{"no":"A"}""", "e1");
        Assert.Equal(IngressStatus.Unavailable, result.Status);
        Assert.Empty(bench.Connector.Sent);

        await bench.CrashAndStartAsync();
        var again = await bench.PostAsync("""{"no":"A"}""", "e1");
        await bench.SettleAsync();

        Assert.Equal(IngressStatus.Duplicate, again.Status);
        Assert.Equal(again.Messages[0].Id, Assert.Single(bench.Connector.Sent).Message.Id);
        Assert.Equal(new LedgerRow("orders", 2, 1, 0, 1, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task After_the_target_confirmed_and_before_it_is_settled_Should_repeat_with_the_same_idempotency_key()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.OnSend("crm.deals", (_, _) =>
        {
            bench.Store.Crash();
            return ValueTask.CompletedTask;
        });
        await bench.PostAsync("""{"no":"A"}""");
        await bench.QuietAsync();

        bench.Connector.OnSend("crm.deals", (_, _) => ValueTask.CompletedTask);
        await bench.CrashAndStartAsync();
        await bench.SettleAsync();

        Assert.Equal(2, bench.Connector.Confirmed.Count);
        Assert.Single(bench.Connector.Confirmed.Select(s => s.Message.IdempotencyKey).Distinct());
        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task With_lanes_half_done_Should_lose_nothing_and_keep_their_order()
    {
        await using var bench = await new EngineBench().System("crm", "limits: { concurrency: 5 }\nendpoints: { deals: {} }").Orders().StartAsync();
        var count = 0;
        bench.Connector.OnSend("crm.deals", (_, _) =>
        {
            if (Interlocked.Increment(ref count) == 60) bench.Store.Crash();
            return ValueTask.CompletedTask;
        });
        var accepted = new List<(string Lane, int Number)>();
        for (var number = 1; number <= 20; number++)
        {
            foreach (var lane in (string[])["A", "B", "C", "D", "E"])
            {
                var result = await bench.PostAsync($$"""{"no":"{{lane}}","n":{{number}}}""", $"{lane}{number}");
                if (result.Status == IngressStatus.Accepted) accepted.Add((lane, number));
            }
        }

        await bench.QuietAsync();
        await bench.CrashAndStartAsync();
        await bench.SettleAsync();

        Assert.True(bench.Connector.Confirmed.Count > accepted.Count, "nothing was in flight at the crash, so nothing was proved");
        foreach (var (lane, number) in accepted) Assert.Contains($$"""{"no":"{{lane}}","n":{{number}}}""", bench.Bodies());
        foreach (var lane in bench.Connector.Confirmed.GroupBy(s => s.Message.Key))
        {
            var firsts = lane.Select(s => s.Message.Id).Distinct().ToArray();
            Assert.Equal(firsts.Order(), firsts);
        }

        Assert.Equal(0, (await bench.LedgerAsync()).Unaccounted);
        Assert.Equal(0, (await bench.LedgerAsync()).InFlight);
    }

    [Fact]
    public async Task Between_attempts_Should_go_on_with_the_attempts_that_are_left()
    {
        await using var bench = await new EngineBench()
            .System("crm", "retry: { immediate: 0, delayed: [ 10s, 20s ], jitter: 0% }\nendpoints: { deals: {} }")
            .Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 100, () => EngineBench.Away());
        var id = (await bench.PostAsync("""{"no":"A"}""")).Messages[0].Id;
        await bench.QuietAsync();
        await bench.FindAsync(id);

        await bench.CrashAndStartAsync();
        await bench.SettleAsync();

        Assert.Equal([1, 2, 3], (await bench.FindAsync(id)).Deliveries[0].Attempts.Select(a => a.Number));
        Assert.Equal(1, (await bench.LedgerAsync()).Dead);
    }

    private static bool Accepts(IReadOnlyList<JournalOperation> group) => group.Any(o => o is AcceptOperation);
}
