using Hub.Abstractions.Ingress;
using Hub.Core.Journal;
using Tests.Runtime;

namespace Tests.Delivery;

public sealed class When_a_pipeline_has_to_ask
{
    private const string Enrich = "from: erp.orders\nkey: no\nsteps:\n  - enrich: { as: account, from: crm.contacts, where: { code: no }, missing: wait }\n  - send: crm.deals";

    [Fact]
    public async Task Should_be_accepted_before_the_answer_and_go_on_with_it()
    {
        await using var bench = await new EngineBench().Pipeline("orders", Enrich).StartAsync();
        var answer = new TaskCompletionSource<string?>();
        bench.Connector.Answer = (_, _) => new ValueTask<string?>(answer.Task);

        var result = await bench.PostAsync("""{"no":"A"}""");
        Assert.Equal(IngressStatus.Accepted, result.Status);
        Assert.Null((await bench.FindAsync(result.Messages[0].Id)).Outcome);

        answer.SetResult("""{"id":7}""");
        await bench.SettleAsync();
        Assert.Equal(["""{"no":"A","account":{"id":7}}"""], bench.Bodies());
        Assert.Equal(1, (await bench.LedgerAsync()).Delivered);
    }

    [Fact]
    public async Task Should_keep_the_order_of_the_key_while_the_first_waits()
    {
        await using var bench = await new EngineBench().Pipeline("orders", Enrich).StartAsync();
        var first = new TaskCompletionSource<string?>();
        var calls = 0;
        bench.Connector.Answer = (_, _) => Interlocked.Increment(ref calls) == 1 ? new ValueTask<string?>(first.Task) : new("""{"id":2}""");

        await bench.PostAsync("""{"no":"A","n":1}""");
        await bench.PostAsync("""{"no":"A","n":2}""");
        first.SetResult("""{"id":1}""");
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"A","n":1,"account":{"id":1}}""", """{"no":"A","n":2,"account":{"id":2}}"""], bench.Bodies());
    }

    [Fact]
    public async Task Should_run_again_by_the_asked_systems_policy_until_the_record_is_there()
    {
        await using var bench = await new EngineBench()
            .System("crm", "retry: { immediate: 0, delayed: [ 10s, 20s ], jitter: 0% }\nendpoints: { deals: {}, contacts: {} }")
            .Pipeline("orders", Enrich).StartAsync();
        var calls = 0;
        bench.Connector.Answer = (_, _) => new(++calls < 3 ? null : """{"id":1}""");
        var start = bench.Clock.GetUtcNow();

        await bench.PostAsync("""{"no":"A"}""");
        await bench.SettleAsync();

        Assert.Equal(3, calls);
        Assert.Equal(30, Math.Round((bench.Clock.GetUtcNow() - start).TotalSeconds, 1));
        Assert.Equal(1, (await bench.LedgerAsync()).Delivered);
    }

    [Fact]
    public async Task Should_be_dead_with_the_reason_when_the_record_never_comes()
    {
        await using var bench = await new EngineBench()
            .System("crm", "retry: { immediate: 1, delayed: [] }\nendpoints: { deals: {}, contacts: {} }")
            .Pipeline("orders", Enrich).StartAsync();

        var id = (await bench.PostAsync("""{"no":"A"}""")).Messages[0].Id;
        await bench.SettleAsync();

        var view = await bench.FindAsync(id);
        Assert.Equal(MessageState.Dead, view.State);
        Assert.Equal("DAT372", Assert.Single(view.Outcome!.Findings).Code);
        Assert.Empty(bench.Connector.Sent);
        Assert.Equal(new LedgerRow("orders", 1, 0, 0, 0, 1, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_wait_without_using_up_runs_while_the_breaker_is_open()
    {
        await using var bench = await new EngineBench()
            .System("crm", "retry: { immediate: 0, delayed: [ 1s, 2s, 3s ], jitter: 0% }\nbreaker: { failures: 2, open: 1h }\nendpoints: { deals: {}, contacts: {} }")
            .Pipeline("orders", Enrich).StartAsync();
        var calls = 0;
        bench.Connector.Answer = (_, _) => ++calls <= 2 ? throw EngineBench.Away() : new("""{"id":1}""");

        await bench.PostAsync("""{"no":"A"}""");
        await bench.SettleAsync();

        Assert.Equal(3, calls);
        Assert.Equal(1, (await bench.LedgerAsync()).Delivered);
    }

    [Fact]
    public async Task Should_not_keep_its_place_while_the_asked_system_is_down()
    {
        await using var bench = await new EngineBench()
            .System("crm", "limits: { concurrency: 1 }\nretry: { immediate: 0, delayed: [ 1s ], jitter: 0% }\nbreaker: { failures: 1, open: 1h }\nendpoints: { deals: {}, contacts: {} }")
            .Pipeline("orders", Enrich).StartAsync();
        var asked = new TaskCompletionSource();
        var calls = 0;
        bench.Connector.Answer = async (_, token) =>
        {
            calls++;
            await asked.Task.WaitAsync(token);
            throw EngineBench.Away();
        };
        await bench.PostAsync("""{"no":"A"}""");
        await bench.PostAsync("""{"no":"B"}""");

        asked.SetResult();
        await bench.QuietAsync();

        Assert.Equal(1, calls);
        Assert.Equal(2, (await bench.LedgerAsync()).InFlight);
    }

    [Fact]
    public async Task Should_run_again_after_a_crash()
    {
        await using var bench = await new EngineBench().Pipeline("orders", Enrich).StartAsync();
        bench.Connector.Answer = async (_, token) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(token);
            return null;
        };
        await bench.PostAsync("""{"no":"A"}""");

        bench.Connector.Answer = (_, _) => new("""{"id":1}""");
        await bench.CrashAndStartAsync();
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"A","account":{"id":1}}"""], bench.Bodies());
        Assert.Equal(1, (await bench.LedgerAsync()).Delivered);
    }
}
