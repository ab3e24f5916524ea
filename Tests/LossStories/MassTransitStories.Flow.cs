using Hub.Core.Journal;
using Tests.Runtime;

namespace Tests.LossStories;

public sealed partial class MassTransitStories
{
    /// <summary>Broken there: the outbox published a message twice, when its delivery and its bookkeeping went separate ways.</summary>
    [Fact]
    public async Task MassTransit_3791_A_delivery_that_runs_while_its_message_changes_hands_is_sent_once()
    {
        await using var bench = await new EngineBench()
            .System("crm", "limits: { concurrency: 8 }\nretry: { immediate: 0, delayed: [ 1m ], jitter: 0% }\nendpoints: { deals: {}, contacts: {} }")
            .Pipeline("orders", "from: erp.orders\nkey: no\ndurability: broker\nsteps:\n  - send: [ crm.deals, crm.contacts ]").StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        bench.Connector.FailFirst("crm.contacts", 1, () => EngineBench.Away());

        // The second delivery fails and makes the message the journal's; the first is still on its way and then confirmed.
        var id = (await bench.PostAsync("""{"no":"A"}""")).Messages[0].Id;
        latch.Open();
        await bench.DurableAsync();
        await bench.CrashAndStartAsync();
        await bench.SettleAsync();

        Assert.Single(bench.Connector.Sent, s => s.Endpoint == "crm.deals");
        Assert.Equal(2, bench.Connector.Sent.Count(s => s.Endpoint == "crm.contacts"));
        Assert.Equal(MessageState.Delivered, (await bench.FindAsync(id)).State);
        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
    }
}
