using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Journal;

public abstract partial class JournalStoreConformance
{
    [ConformanceFact]
    public async Task Complete_AcceptedEarlier_RecordsTheOutcomeAndItsDeliveries()
    {
        var message = await AcceptAsync(Message(), null);

        await CommitAsync(new CompleteOperation(message.Id, Sends(To(Deals, "{}")) with { Revision = "r2" }));

        var view = await ViewAsync(message);
        Assert.Equal("r2", view.Outcome!.Revision);
        Assert.Equal(MessageState.Open, view.State);
        Assert.Equal(DeliveryState.Pending, Assert.Single(view.Deliveries).State);
        Assert.Equal(1, (await LedgerAsync()).InFlight);
    }

    [ConformanceFact]
    public async Task Complete_FilteredOrDead_ClosesTheMessage()
    {
        var filtered = await AcceptAsync(Message(), null);
        var dead = await AcceptAsync(Message(), null);

        await CommitAsync(new CompleteOperation(filtered.Id, Filtered()), new CompleteOperation(dead.Id, Failed()));

        Assert.Equal(MessageState.Filtered, (await ViewAsync(filtered)).State);
        Assert.Equal(MessageState.Dead, (await ViewAsync(dead)).State);
        Assert.Equal(new LedgerRow(Pipeline, 2, 0, 1, 0, 1, 0), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Complete_TwiceOrUnknown_ChangesNothing()
    {
        var message = await AcceptAsync(Message(), null);
        await CommitAsync(new CompleteOperation(message.Id, Sends(To(Deals))));

        await CommitAsync(new CompleteOperation(message.Id, Failed()), new CompleteOperation(Ids.Next(), Filtered()));

        Assert.Equal(MessageState.Open, (await ViewAsync(message)).State);
        Assert.Equal(new LedgerRow(Pipeline, 1, 0, 0, 0, 0, 1), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Settle_TheLastDelivery_ClosesTheMessage()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));
        await CommitAsync(Settle(message, 1));
        Assert.Equal(MessageState.Open, (await ViewAsync(message)).State);
        Clock.Advance(TimeSpan.FromSeconds(3));

        await CommitAsync(Settle(message, 0));

        var view = await ViewAsync(message);
        Assert.Equal(MessageState.Delivered, view.State);
        Assert.All(view.Deliveries, d => Assert.Equal(DeliveryState.Delivered, d.State));
        Assert.Equal(TimeSpan.FromSeconds(3), view.Deliveries[0].SettledAt - view.Deliveries[1].SettledAt);
        Assert.Equal(new LedgerRow(Pipeline, 1, 1, 0, 0, 0, 0), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Settle_InTheGroupOfItsAccept_Closes()
    {
        var message = Message();

        await CommitAsync(new AcceptOperation(message, Sends(To(Deals))), Settle(message));

        Assert.Equal(Clock.GetUtcNow(), Assert.Single((await ViewAsync(message)).Deliveries).SettledAt);
        Assert.Equal(1, (await LedgerAsync()).Delivered);
    }

    [ConformanceFact]
    public async Task Settle_AgainOrUnknown_IsHarmlessAndCountedOnce()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));

        await CommitAsync(
            Settle(message, 0), Settle(message, 0), GiveUp(message, 0), Settle(message, 2), Settle(message, -1),
            new SettleOperation(new DeliveryId(Ids.Next(), 0), Clock.GetUtcNow()));
        Assert.Equal(1, (await LedgerAsync()).InFlight);
        await CommitAsync(Settle(message, 1), Settle(message, 1), Settle(message, 0));

        var view = await ViewAsync(message);
        Assert.All(view.Deliveries, d => Assert.Empty(d.Attempts));
        Assert.Equal(new LedgerRow(Pipeline, 1, 1, 0, 0, 0, 0), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task DeadLetter_OneOfTwo_MakesTheMessageDeadOnceTheOtherIsDelivered()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));
        await CommitAsync(GiveUp(message, 0));
        Assert.Equal(MessageState.Open, (await ViewAsync(message)).State);
        Clock.Advance(TimeSpan.FromSeconds(1));

        await CommitAsync(Settle(message, 1));

        var view = await ViewAsync(message);
        Assert.Equal(MessageState.Dead, view.State);
        Assert.Equal([DeliveryState.Dead, DeliveryState.Delivered], view.Deliveries.Select(d => d.State));
        Assert.Equal(Clock.GetUtcNow(), view.Deliveries[1].SettledAt);
        Assert.Equal(new LedgerRow(Pipeline, 1, 0, 0, 0, 1, 0), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task DeadLetter_AfterTheOtherWasDelivered_MakesTheMessageDead()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));

        await CommitAsync(Settle(message, 1), GiveUp(message, 0), GiveUp(message, 0), Settle(message, 0));

        var view = await ViewAsync(message);
        Assert.Equal(MessageState.Dead, view.State);
        var attempt = Assert.Single(view.Deliveries[0].Attempts);
        Assert.False(attempt.Transient);
        AssertSame(Problem("attempt 1"), attempt.Error);
        Assert.Equal(1, (await LedgerAsync()).Dead);
    }

    [ConformanceFact]
    public async Task Reschedule_KeepsDueTimeAndAttempts()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals, "{}")));
        var id = new DeliveryId(message.Id, 0);
        var due = Clock.GetUtcNow().AddMinutes(10);

        await CommitAsync(new RescheduleOperation(id, Attempt(1), Clock.GetUtcNow().AddMinutes(1)), new RescheduleOperation(id, Attempt(2), due));
        await ReopenAsync();

        var view = Assert.Single((await ViewAsync(message)).Deliveries);
        Assert.Equal(DeliveryState.Pending, view.State);
        Assert.Equal(due, view.Due);
        Assert.Equal([1, 2], view.Attempts.Select(a => a.Number));
        var pending = Assert.Single(Assert.Single(await Store.LeaseAsync(MessageId.None, 10, default)).Pending);
        Assert.Equal(2, pending.Attempts);
        Assert.Equal(due, pending.Due);
        AssertSame(To(Deals, "{}"), pending.Record);
    }

    [ConformanceFact]
    public async Task Settle_AfterReschedule_KeepsTheAttempts()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals)));
        await CommitAsync(new RescheduleOperation(new DeliveryId(message.Id, 0), Attempt(1), Clock.GetUtcNow().AddMinutes(1)));

        await CommitAsync(Settle(message));

        var delivery = Assert.Single((await ViewAsync(message)).Deliveries);
        Assert.Equal(DeliveryState.Delivered, delivery.State);
        Assert.Null(delivery.Due);
        Assert.Single(delivery.Attempts);
        Assert.Equal(1, (await LedgerAsync()).Delivered);
    }

    [ConformanceFact]
    public async Task Reschedule_OfASettledDelivery_ChangesNothing()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals)));
        await CommitAsync(Settle(message));

        await CommitAsync(new RescheduleOperation(new DeliveryId(message.Id, 0), Attempt(1), Clock.GetUtcNow().AddMinutes(1)));

        var delivery = Assert.Single((await ViewAsync(message)).Deliveries);
        Assert.Equal(DeliveryState.Delivered, delivery.State);
        Assert.Empty(delivery.Attempts);
    }

    [ConformanceFact]
    public async Task ReadDeadLanes_NamesLanesWithADeadDelivery_UntilTheyAreReplayed()
    {
        var open = await AcceptAsync(Message("客户-1"), Sends(To(Deals), To(Approvals)));
        var dead = await AcceptAsync(Message("客户-2"), Sends(To(Approvals)));
        var keyless = await AcceptAsync(Message(""), Sends(To(Approvals)));
        await CommitAsync(GiveUp(open, 1), GiveUp(dead), GiveUp(keyless), Settle(await AcceptAsync(Message("客户-3"), Sends(To(Deals)))));

        var lanes = await Store.ReadDeadLanesAsync(default);

        Assert.Equal(
            [new DeadLane(Pipeline, "客户-1", Approvals, new DeliveryId(open.Id, 1)), new DeadLane(Pipeline, "客户-2", Approvals, new DeliveryId(dead.Id, 0))], lanes);
        await CommitAsync(new ReplayOperation(dead.Id, "fixed", Clock.GetUtcNow()));
        Assert.Equal(["客户-1"], (await Store.ReadDeadLanesAsync(default)).Select(l => l.Key));
    }
}
