using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Journal;

public abstract partial class JournalStoreConformance
{
    [ConformanceFact]
    public async Task Lease_AfterReopen_GivesOpenMessagesInOrderWithTheirContent()
    {
        var waiting = await AcceptAsync(Message("a", body: [1, 2, 3]) with { Original = new byte[] { 9 } }, null);
        await AcceptAsync(Message("b"), Filtered());
        var half = await AcceptAsync(Message("c"), Sends(To(Deals, "1"), To(Approvals, "2", 1), To(Deals)));
        var done = await AcceptAsync(Message("d"), Sends(To(Deals)));
        await CommitAsync(Settle(half, 0), Settle(done));

        await ReopenAsync();
        var leased = await Store.LeaseAsync(MessageId.None, 100, default);

        Assert.Equal([waiting.Id, half.Id], leased.Select(m => m.Message.Id));
        AssertSame(waiting, leased[0].Message);
        Assert.Null(leased[0].Outcome);
        Assert.Empty(leased[0].Pending);
        Assert.Equal(3, leased[1].Outcome!.Deliveries.Count);
        Assert.Equal([1, 2], leased[1].Pending.Select(p => p.Id.Index));
        AssertSame(To(Approvals, "2", 1), leased[1].Pending[0].Record);
        Assert.All(leased[1].Pending, p => Assert.Equal(0, p.Attempts));
    }

    [ConformanceFact]
    public async Task Lease_InPages_GivesEachOpenMessageOnce()
    {
        var accepted = new List<MessageId>();
        for (var i = 0; i < 25; i++) accepted.Add((await AcceptAsync(Message($"k{i}"), i % 2 == 0 ? null : Sends(To(Deals)))).Id);

        var leased = new List<MessageId>();
        while (await Store.LeaseAsync(leased.LastOrDefault(), 10, default) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 10);
            leased.AddRange(page.Select(m => m.Message.Id));
        }

        Assert.Equal(accepted, leased);
    }

    [ConformanceFact]
    public async Task Lease_FirstAttemptNotBefore_IsDueThen()
    {
        var later = Clock.GetUtcNow().AddHours(1);
        await AcceptAsync(Message(), Sends(To(Deals) with { NotBefore = later }));

        Assert.Equal(later, Assert.Single(Assert.Single(await Store.LeaseAsync(MessageId.None, 1, default)).Pending).Due);
    }

    [ConformanceFact]
    public async Task ReadDeliveries_GivesThePendingOnesWithTheirBodies()
    {
        var message = await AcceptAsync(Message(body: [7, 7]), Sends(To(Deals, "own"), To(Approvals), To(Deals, "settled")));
        var other = await AcceptAsync(Message(), Sends(To(Deals, "other")));
        await CommitAsync(Settle(message, 2));

        var read = await Store.ReadDeliveriesAsync(
            [new(message.Id, 1), new(other.Id, 0), new(message.Id, 0), new(message.Id, 2), new(message.Id, 3), new(Ids.Next(), 0)], default);

        Assert.Equal([new(message.Id, 1), new(other.Id, 0), new(message.Id, 0)], read.Select(d => d.Id));
        Assert.Equal([[7, 7], Utf8("other"), Utf8("own")], read.Select(d => d.Record.Body!.Value.ToArray()));
    }

    [ConformanceFact]
    public async Task Find_UnknownMessage_IsNull() => Assert.Null(await Store.FindAsync(Ids.Next(), default));

    [ConformanceFact]
    public async Task Query_WithoutConditions_ListsNewestFirstUpToTheLimit()
    {
        var accepted = new List<MessageId>();
        for (var i = 0; i < 60; i++) accepted.Add((await AcceptAsync(Message($"k{i}"), Sends(To(Deals), To(Approvals)))).Id);
        accepted.Reverse();

        Assert.Equal(accepted.Take(50), (await Store.QueryAsync(new MessageQuery(), default)).Select(m => m.Id));
        Assert.Equal(accepted.Skip(50), (await Store.QueryAsync(new MessageQuery { Before = accepted[49] }, default)).Select(m => m.Id));
        var row = Assert.Single(await Store.QueryAsync(new MessageQuery { Limit = 1 }, default));
        Assert.Equal(new MessageSummary(accepted[0], Pipeline, "k59", MessageState.Open, Clock.GetUtcNow(), 2, 2, null), row);
    }

    [ConformanceFact]
    public async Task Query_EachCondition_MustHold()
    {
        var a = await AcceptAsync(Message("客户"), Failed());
        var b = await AcceptAsync(Message("客户", pipeline: Other), Failed());
        var c = await AcceptAsync(Message("x", pipeline: Other), Failed());
        await AcceptAsync(Message("客户", pipeline: Other), Filtered());

        Assert.Equal([c.Id, b.Id, a.Id], await Ids(new MessageQuery { State = MessageState.Dead }));
        Assert.Equal([c.Id, b.Id], await Ids(new MessageQuery { State = MessageState.Dead, Pipeline = Other }));
        Assert.Equal([b.Id], await Ids(new MessageQuery { State = MessageState.Dead, Pipeline = Other, Key = "客户" }));
        Assert.Equal([a.Id], await Ids(new MessageQuery { State = MessageState.Dead, Key = "客户", Before = b.Id }));
        Assert.Empty(await Ids(new MessageQuery { Pipeline = "unknown" }));
        Assert.Empty(await Ids(new MessageQuery { State = MessageState.Open }));

        async Task<IEnumerable<MessageId>> Ids(MessageQuery query) => (await Store.QueryAsync(query, default)).Select(m => m.Id);
    }

    [ConformanceFact]
    public async Task Query_DeadAndFiltered_GiveTheReason()
    {
        await AcceptAsync(Message(), Filtered(3));
        await AcceptAsync(Message(), Failed("items[].unit"));
        var undelivered = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));
        await CommitAsync(Settle(undelivered), new RescheduleOperation(new(undelivered.Id, 1), Attempt(1), Clock.GetUtcNow()), GiveUp(undelivered, 1, 2));

        var reasons = (await Store.QueryAsync(new MessageQuery(), default)).Select(m => m.Reason).ToList();

        Assert.Equal([Problem("attempt 1").ToString(), Problem("items[].unit").ToString(), "3"], reasons);
    }

    [ConformanceFact]
    public async Task Views_BesideCommits_SeeWholeGroups()
    {
        var done = false;
        var committing = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                var message = Message($"k{i}");
                await Store.CommitAsync([new AcceptOperation(message, Sends(To(Deals))), new AcceptOperation(Message(), Filtered()), Settle(message)], default);
            }

            Volatile.Write(ref done, true);
        });

        while (!Volatile.Read(ref done))
        {
            var row = await LedgerAsync();
            Assert.Equal(row.Received, row.Delivered * 2);
            Assert.All(await Store.QueryAsync(new MessageQuery { Limit = 5 }, default), m => Assert.NotEqual(MessageState.Open, m.State));
        }

        await committing;
        Assert.Equal(400, (await LedgerAsync()).Received);
    }
}
