using Hub.Core.Journal;
using Hub.Core.Operations;

namespace Tests.Runtime;

public sealed class When_the_configuration_changes
{
    [Fact]
    public async Task Should_keep_the_connections_of_systems_that_are_the_same()
    {
        await using var bench = await new EngineBench().System("oa", "endpoints: { approvals: {} }").Orders().StartAsync();
        var before = bench.Connector.Opened.ToArray();

        await bench.System("crm", "endpoints: { deals: {}, contacts: {}, more: {} }").ApplyAsync();

        var old = before.Single(c => c.Name.StartsWith("crm", StringComparison.Ordinal));
        Assert.True(old.IsDisposed);
        Assert.All(before.Except([old]), c => Assert.False(c.IsDisposed));
        Assert.Single(bench.Connector.Opened.Except(before));
    }

    [Fact]
    public async Task Should_keep_the_connection_when_only_limits_change()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        var before = bench.Connector.Opened.Count;

        await bench.System("crm", "limits: { concurrency: 1 }\nendpoints: { deals: {}, contacts: {} }").ApplyAsync();

        Assert.Equal(before, bench.Connector.Opened.Count);
        Assert.Equal(1, bench.Engine.Systems.Gates.Single(g => g.Name == "crm").Limits.Concurrency);
    }

    [Fact]
    public async Task Should_let_an_attempt_end_on_the_connection_it_began_with()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        await bench.PostAsync("""{"no":"A"}""");
        await latch.ArrivedAsync();
        var old = bench.Connector.Opened.Single(c => c.Name == bench.Connector.Sent[0].Connection);

        await bench.System("crm", "endpoints: { deals: {}, contacts: {}, more: {} }").ApplyAsync();
        Assert.False(old.IsDisposed);

        latch.Open();
        await bench.SettleAsync();
        await bench.PostAsync("""{"no":"B"}""");
        await bench.SettleAsync();
        Assert.NotEqual(old.Name, bench.Connector.Sent[1].Connection);
        Assert.Equal(2, (await bench.LedgerAsync()).Delivered);
    }

    [Fact]
    public async Task Should_finish_a_pipeline_with_the_version_it_began_with()
    {
        const string pipeline = "from: erp.orders\nsteps:\n  - enrich: {{ as: account, from: crm.contacts, where: {{ code: no }} }}\n  - send: crm.{0}";
        await using var bench = await new EngineBench().Pipeline("orders", string.Format(null, pipeline, "deals")).StartAsync();
        var answer = new TaskCompletionSource<string?>();
        bench.Connector.Answer = (_, _) => new ValueTask<string?>(answer.Task);
        var old = (await bench.PostAsync("""{"no":"A"}""")).Messages[0].Id;

        await bench.Pipeline("orders", string.Format(null, pipeline, "contacts")).ApplyAsync();
        answer.SetResult("{}");
        await bench.PostAsync("""{"no":"B"}""");
        await bench.SettleAsync();

        Assert.Equal("crm.deals", bench.Connector.Sent.Single(s => s.Message.Id == old).Endpoint);
        Assert.Equal("crm.contacts", bench.Connector.Sent.Single(s => s.Message.Id != old).Endpoint);
    }

    [Fact]
    public async Task Should_give_up_what_waits_for_an_endpoint_that_is_gone_and_take_it_back_with_a_replay()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 1, () => EngineBench.Away(TimeSpan.FromMinutes(5)));
        var id = (await bench.PostAsync("""{"no":"A"}""")).Messages[0].Id;
        await bench.QuietAsync();

        await bench.System("crm", "endpoints: { contacts: {} }")
            .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - send: crm.contacts").ApplyAsync();
        await bench.SettleAsync();

        var view = await bench.FindAsync(id);
        Assert.Equal(MessageState.Dead, view.State);
        Assert.Equal("DLV605", view.Deliveries[0].Attempts[^1].Error.Code);

        await bench.System("crm", "endpoints: { deals: {}, contacts: {} }").ApplyAsync();
        await new HubOperations(bench.Engine).ReplayAsync(new ReplayRequest { Ids = [id.ToString()] }, CancellationToken.None);
        await bench.SettleAsync();
        Assert.Equal(MessageState.Delivered, (await bench.FindAsync(id)).State);
    }
}
