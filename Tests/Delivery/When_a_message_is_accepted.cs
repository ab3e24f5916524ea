using Hub.Abstractions.Ingress;
using Hub.Core.Journal;
using Tests.Runtime;

namespace Tests.Delivery;

public sealed class When_a_message_is_accepted
{
    [Fact]
    public async Task Should_reach_its_target_once_and_be_accounted_for()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();

        var result = await bench.PostAsync("""{"no":"A1","amount":5}""");
        await bench.SettleAsync();

        Assert.Equal(IngressStatus.Accepted, result.Status);
        var sent = Assert.Single(bench.Connector.Sent);
        Assert.Equal("""{"no":"A1","amount":5}""", sent.Body);
        Assert.Equal($"{result.Messages[0].Id}-0", sent.Message.IdempotencyKey);
        Assert.Equal("A1", sent.Message.Key);
        Assert.Equal(1, sent.Message.Attempt);
        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_answer_a_repeat_with_the_first_id()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();

        var first = await bench.PostAsync("""{"no":"A1"}""", "event-1");
        var second = await bench.PostAsync("""{"no":"A1"}""", "event-1");
        await bench.SettleAsync();

        Assert.Equal(IngressStatus.Duplicate, second.Status);
        Assert.Equal(first.Messages[0].Id, second.Messages[0].Id);
        Assert.Single(bench.Connector.Sent);
        Assert.Equal(new LedgerRow("orders", 2, 1, 0, 1, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_go_to_several_targets_side_by_side()
    {
        await using var bench = await new EngineBench()
            .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - send: [ crm.deals, crm.contacts ]")
            .StartAsync();

        await bench.PostAsync("""{"no":"A1"}""");
        await bench.SettleAsync();

        Assert.Equal(["crm.contacts", "crm.deals"], bench.Connector.Sent.Select(s => s.Endpoint).Order());
        Assert.Equal(1, (await bench.LedgerAsync()).Delivered);
    }
}
