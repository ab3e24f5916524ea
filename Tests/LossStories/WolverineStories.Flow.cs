using System.Globalization;
using System.Text;
using Hub.Abstractions.Ingress;
using Hub.Core.Journal;
using Tests.Runtime;

namespace Tests.LossStories;

public sealed partial class WolverineStories
{
    /// <summary>Lost there: messages handled as a batch were never marked handled in the durable inbox, and came again with every start.</summary>
    [Theory]
    [InlineData("journal")]
    [InlineData("broker")]
    public async Task Wolverine_1615_A_batch_with_a_durable_inbox_is_marked_handled(string durability)
    {
        await using var bench = await new EngineBench()
            .System("erp", "endpoints: { orders: { format: ndjson } }")
            .System("crm", "limits: { concurrency: 16 }\nendpoints: { deals: {} }")
            .Pipeline("orders", $"from: erp.orders\nkey: no\ndurability: {durability}\nsteps:\n  - send: crm.deals").StartAsync();
        var batch = string.Join('\n', Enumerable.Range(0, 700).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"no":"K{{i % 40}}","n":{{i}}}""")));

        var answer = await bench.PostBytesAsync(Encoding.UTF8.GetBytes(batch), "batch-1");
        await bench.SettleAsync();

        Assert.Equal((IngressStatus.Accepted, 700L), (answer.Status, answer.Accepted));
        Assert.Equal(new LedgerRow("orders", 700, 700, 0, 0, 0, 0), await bench.LedgerAsync());
        await bench.CrashAndStartAsync();
        await bench.SettleAsync();
        Assert.Equal(700, bench.Connector.Sent.Count);
    }
}
