using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Journal;

public abstract partial class JournalStoreConformance
{
    [ConformanceFact]
    public async Task Replay_DeadDelivery_OpensItAndLeavesTheDeliveredOnes()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals, "1"), To(Approvals, "2")));
        await CommitAsync(Settle(message, 0), new RescheduleOperation(new(message.Id, 1), Attempt(1), Clock.GetUtcNow()), GiveUp(message, 1, 2));
        Clock.Advance(TimeSpan.FromHours(1));
        var replay = new ReplayOperation(message.Id, "李雷: target repaired", Clock.GetUtcNow());

        await CommitAsync(replay);

        AssertSame(message, replay.Reopened!.Message);
        Assert.Equal(2, replay.Reopened.Outcome!.Deliveries.Count);
        var pending = Assert.Single(replay.Reopened.Pending);
        Assert.Equal(new DeliveryId(message.Id, 1), pending.Id);
        Assert.Equal(2, pending.Attempts);
        Assert.Null(pending.Due);
        AssertSame(To(Approvals, "2"), pending.Record);
        var view = await ViewAsync(message);
        Assert.Equal(MessageState.Open, view.State);
        Assert.Equal([DeliveryState.Delivered, DeliveryState.Pending], view.Deliveries.Select(d => d.State));
        Assert.Equal(2, view.Deliveries[1].Attempts.Count);
        Assert.Equal([new ReplayView(Clock.GetUtcNow(), "李雷: target repaired")], view.Replays);
        Assert.Equal(new LedgerRow(Pipeline, 1, 0, 0, 0, 0, 1), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Replay_ThenSettled_IsDelivered()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));
        await CommitAsync(GiveUp(message, 0), GiveUp(message, 1), new ReplayOperation(message.Id, "again", Clock.GetUtcNow()));

        await CommitAsync(Settle(message, 0), Settle(message, 1));

        var view = await ViewAsync(message);
        Assert.Equal(MessageState.Delivered, view.State);
        Assert.All(view.Deliveries, d => Assert.Equal(Clock.GetUtcNow(), d.SettledAt));
        Assert.Equal(new LedgerRow(Pipeline, 1, 1, 0, 0, 0, 0), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Replay_FailedAgain_CountsTheAttemptsOn()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals)));
        await CommitAsync(GiveUp(message, 0, 1), new ReplayOperation(message.Id, "again", Clock.GetUtcNow()), GiveUp(message, 0, 2));

        var view = await ViewAsync(message);

        Assert.Equal(MessageState.Dead, view.State);
        Assert.Equal([1, 2], view.Deliveries[0].Attempts.Select(a => a.Number));
        Assert.Equal(1, (await LedgerAsync()).Dead);
    }

    [ConformanceFact]
    public async Task Replay_DeadPipeline_IsToRunOnceMore()
    {
        var message = await AcceptAsync(Message(), Failed());
        var replay = new ReplayOperation(message.Id, "mapping fixed", Clock.GetUtcNow());

        await CommitAsync(replay);

        Assert.Null(replay.Reopened!.Outcome);
        Assert.Empty(replay.Reopened.Pending);
        Assert.Null((await ViewAsync(message)).Outcome);
        Assert.Null(Assert.Single(await Store.LeaseAsync(MessageId.None, 10, default)).Outcome);
        await CommitAsync(new CompleteOperation(message.Id, Sends(To(Deals)) with { Revision = "r2" }), Settle(message));
        var view = await ViewAsync(message);
        Assert.Equal("r2", view.Outcome!.Revision);
        Assert.Empty(view.Outcome.Findings);
        Assert.Equal(new LedgerRow(Pipeline, 1, 1, 0, 0, 0, 0), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Replay_MessageThatIsNotDead_ReopensNothing()
    {
        var open = await AcceptAsync(Message(), null);
        var filtered = await AcceptAsync(Message(), Filtered());
        var delivered = await AcceptAsync(Message(), Sends(To(Deals)));
        await CommitAsync(Settle(delivered));
        foreach (var id in (MessageId[])[open.Id, filtered.Id, delivered.Id, Ids.Next()])
        {
            var replay = new ReplayOperation(id, "why not", Clock.GetUtcNow());
            await CommitAsync(replay);
            Assert.Null(replay.Reopened);
        }

        Assert.Empty((await ViewAsync(filtered)).Replays);
        Assert.Equal(new LedgerRow(Pipeline, 3, 1, 1, 0, 0, 1), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Purge_ForgetsClosedMessages_AndKeepsCountersOpenAndDeadOnes()
    {
        var open = await AcceptAsync(Message("o"), Sends(To(Deals), To(Approvals)));
        var waiting = await AcceptAsync(Message("w"), null);
        var dead = await AcceptAsync(Message("d"), Sends(To(Deals)));
        var delivered = await AcceptAsync(Message("k", "k"), Sends(To(Deals, "1"), To(Approvals, "2")));
        var filtered = await AcceptAsync(Message("f"), Filtered());
        await CommitAsync(
            Settle(open, 0), GiveUp(dead), new RescheduleOperation(new(delivered.Id, 0), Attempt(1), Clock.GetUtcNow()), Settle(delivered, 0), Settle(delivered, 1),
            new AcceptOperation(Message("k", "k"), null));
        var before = await LedgerAsync();
        Clock.Advance(TimeSpan.FromDays(30));
        var young = await AcceptAsync(Message("y"), Filtered());
        var purge = new PurgeOperation(Clock.GetUtcNow().AddDays(-1), dead: false, limit: 100);

        await CommitAsync(purge);
        await ReopenAsync();

        Assert.Equal(2, purge.Purged);
        Assert.Null(await Store.FindAsync(delivered.Id, default));
        Assert.Null(await Store.FindAsync(filtered.Id, default));
        Assert.Equal([young.Id, dead.Id, waiting.Id, open.Id], (await Store.QueryAsync(new MessageQuery(), default)).Select(m => m.Id));
        Assert.Equal(DeliveryState.Delivered, (await ViewAsync(open)).Deliveries[0].State);
        Assert.Equal(before with { Received = before.Received + 1, Filtered = before.Filtered + 1 }, await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Purge_WithDead_ForgetsThemAndTheirLanes()
    {
        var dead = await AcceptAsync(Message("d"), Sends(To(Deals)));
        await CommitAsync(GiveUp(dead));
        Clock.Advance(TimeSpan.FromDays(2));

        await CommitAsync(new PurgeOperation(Clock.GetUtcNow(), dead: true, limit: 100));

        Assert.Null(await Store.FindAsync(dead.Id, default));
        Assert.Empty(await Store.ReadDeadLanesAsync(default));
        Assert.Equal(1, (await LedgerAsync()).Dead);
    }

    [ConformanceFact]
    public async Task Purge_Limit_TakesTheOldestFirst()
    {
        var accepted = new List<MessageId>();
        for (var i = 0; i < 5; i++) accepted.Add((await AcceptAsync(Message(), Filtered())).Id);
        Clock.Advance(TimeSpan.FromDays(1));
        var purge = new PurgeOperation(Clock.GetUtcNow(), dead: false, limit: 3);

        await CommitAsync(purge);

        Assert.Equal(3, purge.Purged);
        Assert.Equal([accepted[4], accepted[3]], (await Store.QueryAsync(new MessageQuery(), default)).Select(m => m.Id));
    }

    [ConformanceFact]
    public async Task Purge_DedupeKey_MayComeAgain()
    {
        await AcceptAsync(Message(dedupe: "x"), Filtered());
        Clock.Advance(TimeSpan.FromDays(1));
        await CommitAsync(new PurgeOperation(Clock.GetUtcNow(), dead: false, limit: 10));
        var operation = new AcceptOperation(Message(dedupe: "x"), Filtered());

        await CommitAsync(operation);

        Assert.Equal(MessageId.None, operation.DuplicateOf);
    }

    [ConformanceFact]
    public async Task Purge_TheNewestMessage_DoesNotLowerTheHighestId()
    {
        var newest = await AcceptAsync(Message(), Filtered());
        Clock.Advance(TimeSpan.FromDays(1));
        await CommitAsync(new PurgeOperation(Clock.GetUtcNow(), dead: false, limit: 10));

        Assert.Equal(newest.Id, await ReopenAsync());
    }
}
