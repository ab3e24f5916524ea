using System.Globalization;
using Hub.Core.Journal;
using Hub.Core.Operations;
using Tests.Runtime;

namespace Tests.LossStories;

public sealed partial class RedpandaConnectStories
{
    /// <summary>Lost there: a catch, a delete and a retry together dropped messages, and nobody could tell why.</summary>
    [Theory]
    [InlineData("journal")]
    [InlineData("broker")]
    public async Task RedpandaConnect_673_What_fails_is_filtered_and_retried_is_told_apart_and_counted(string durability)
    {
        await using var bench = await new EngineBench()
            .System("crm", "retry: { immediate: 0, delayed: [ 1s ], jitter: 0% }\nbreaker: { failures: 1000, open: 1s }\nendpoints: { deals: {}, contacts: {} }")
            .Pipeline("orders", $"from: erp.orders\ndurability: {durability}\nsteps:\n  - enrich: {{ as: who, from: crm.contacts, where: {{ no: no }} }}\n  - filter: who.kind != \"test\"\n  - send: crm.deals")
            .StartAsync();
        var asked = 0;
        bench.Connector.Answer = (_, _) => ++asked % 3 == 1 ? ValueTask.FromException<string?>(EngineBench.Away()) : new(asked % 3 == 2 ? """{"kind":"test"}""" : """{"kind":"real"}""");
        var sent = 0;
        bench.Connector.OnSend("crm.deals", (_, _) => ++sent % 2 == 1 ? ValueTask.FromException(EngineBench.Away()) : ValueTask.CompletedTask);

        for (var i = 0; i < 30; i++) Assert.NotEmpty((await bench.PostAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"no":{{i}}}"""))).Messages);
        await bench.SettleAsync();

        var ledger = await bench.LedgerAsync();
        Assert.Equal((30, 0, 0), (ledger.Received, ledger.Unaccounted, ledger.InFlight));
        Assert.Equal(30, ledger.Delivered + ledger.Filtered + ledger.Dead);
        Assert.True(ledger is { Delivered: > 0, Filtered: > 0 }, ledger.ToString());
        Assert.Equal(bench.Connector.Confirmed.Count, ledger.Delivered);
        var operations = new HubOperations(bench.Engine);
        foreach (var line in await operations.MessagesAsync(new MessageQuery { State = MessageState.Filtered }, default))
            Assert.Contains("filter", line.Reason, StringComparison.Ordinal);
    }
}
