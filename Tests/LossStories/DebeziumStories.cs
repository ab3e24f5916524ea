using System.Globalization;
using System.Text;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Runtime;

namespace Tests.LossStories;

public sealed class DebeziumStories
{
    private static readonly EndpointName Orders = new("erp", "orders");

    private static EngineBench Bench(string durability) =>
        new EngineBench().System("erp", "endpoints: { orders: { format: ndjson } }").System("crm", "limits: { concurrency: 8 }\nendpoints: { deals: {} }")
            .Pipeline("orders", $"from: erp.orders\nkey: no\ndurability: {durability}\nsteps:\n  - send: crm.deals");

    private static byte[] Records(int count) =>
        Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"no":{{i}}}"""))));

    /// <summary>
    /// Lost there: the records of one source event were cut into several batches, and the position moved on with the first. The
    /// hub commits a large payload in parts too; its sender is told only when all of it is kept.
    /// </summary>
    [Fact]
    public async Task Debezium_7945_A_payload_that_is_cut_into_several_commits_is_accepted_with_its_last_record()
    {
        await using var bench = await Bench("journal").StartAsync();
        var accepts = 0;
        bench.Store.BeforeCommit = group =>
        {
            if (group.Any(o => o is AcceptOperation) && ++accepts == 2) bench.Store.Crash();
        };

        var cut = await bench.PostBytesAsync(Records(600), "event-1");
        bench.Store.BeforeCommit = null;
        await bench.CrashAndStartAsync();
        var again = await bench.PostBytesAsync(Records(600), "event-1");
        await bench.SettleAsync();

        Assert.Equal(IngressStatus.Unavailable, cut.Status);
        Assert.Equal(IngressStatus.Accepted, again.Status);
        Assert.Equal((344L, 256L), (again.Accepted, again.Duplicates));
        Assert.Equal(600, bench.Connector.Confirmed.Select(s => s.Body).Distinct().Count());
        Assert.Equal(600, (await bench.LedgerAsync()).Delivered);
    }

    /// <summary>The same where the queue keeps the payload: it is acknowledged when the last of its records is delivered.</summary>
    [Fact]
    public async Task Debezium_7945_A_payload_that_its_queue_keeps_is_acknowledged_with_its_last_record()
    {
        await using var bench = await Bench("broker").StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", (message, stop) => message.Key == "599" ? latch.HoldAsync(message, stop) : ValueTask.CompletedTask);

        var answer = bench.PostBytesAsync(Records(600), "event-1").AsTask();
        await latch.ArrivedAsync();

        Assert.False(answer.IsCompleted);
        latch.Open();
        Assert.Equal((IngressStatus.Accepted, 600L), ((await answer).Status, (await answer).Accepted));
    }

    /// <summary>Lost there: two events with one position in the log; the second was taken for one that had been seen. A place is no identity.</summary>
    [Fact]
    public async Task Debezium_7531_Events_of_one_position_are_two_messages()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();

        foreach (var body in (string[])["""{"no":"A","n":1}""", """{"no":"A","n":2}"""])
        {
            var answer = await bench.Engine.Ingress.AcceptAsync(
                Orders, new IncomingPayload { Body = Encoding.UTF8.GetBytes(body), Attributes = new MessageAttributes { Origin = "log:17:42" } }, default);
            Assert.Equal(IngressStatus.Accepted, answer.Status);
        }

        await bench.SettleAsync();
        Assert.Equal(new LedgerRow("orders", 2, 2, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    /// <summary>And records of one event, which share the event's id, are told apart by their number.</summary>
    [Fact]
    public async Task Debezium_7531_Equal_records_of_one_event_are_two_messages()
    {
        await using var bench = await Bench("journal").StartAsync();

        var answer = await bench.PostBytesAsync(Encoding.UTF8.GetBytes("{\"no\":1}\n{\"no\":1}"), "event-1");

        Assert.Equal((2L, 0L), (answer.Accepted, answer.Duplicates));
    }
}
