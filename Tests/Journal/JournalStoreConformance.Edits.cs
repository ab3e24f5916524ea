using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Journal;

public abstract partial class JournalStoreConformance
{
    [ConformanceFact]
    public async Task Edit_OfAMessageWhosePipelineFailed_RunsOnTheNewBodyAndKeepsTheOld()
    {
        var message = await AcceptAsync(Message(body: Utf8("""{"no":1}""")), Failed());
        var edit = Edit(message, null, """{"no":"1"}""");

        await CommitAsync(edit);
        await ReopenAsync();

        Assert.Null(edit.Refusal);
        Assert.Null(edit.Reopened!.Outcome);
        Assert.Equal(Utf8("""{"no":"1"}"""), edit.Reopened.Message.Body.ToArray());
        Assert.Equal(1, edit.Reopened.Message.Edit);
        var view = await ViewAsync(message);
        Assert.Equal(MessageState.Open, view.State);
        Assert.Equal(Utf8("""{"no":"1"}"""), view.Message.Body.ToArray());
        var kept = Assert.Single(view.Edits);
        Assert.Equal((1, (int?)null, Clock.GetUtcNow(), "李雷", "number was no text"), (kept.Number, kept.Delivery, kept.At, kept.By, kept.Reason));
        Assert.Equal(Utf8("""{"no":1}"""), kept.Original.ToArray());
        Assert.Equal((BodyHash.Of(Utf8("""{"no":1}""")), BodyHash.Of(Utf8("""{"no":"1"}"""))), (kept.Before, kept.After));
        AssertSame(Problem("was wrong"), Assert.Single(kept.Findings));
        Assert.Equal("number was no text", Assert.Single(view.Replays).Reason);
        Assert.Equal(1, (await LedgerAsync()).InFlight);
    }

    [ConformanceFact]
    public async Task Edit_OfAMessageWhoseDeliveriesAreDead_ReplacesThem()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals, "old 1"), To(Approvals, "old 2")));
        await CommitAsync(new RescheduleOperation(new(message.Id, 0), Attempt(1), Clock.GetUtcNow()), GiveUp(message, 0, 2), GiveUp(message, 1));
        var edit = Edit(message, null, "{}");

        await CommitAsync(edit, new CompleteOperation(message.Id, Sends(To(Approvals, "new"))));

        Assert.Null(edit.Reopened!.Outcome);
        var view = await ViewAsync(message);
        var delivery = Assert.Single(view.Deliveries);
        Assert.Equal(Utf8("new"), delivery.Record.Body!.Value.ToArray());
        Assert.Equal(DeliveryState.Pending, delivery.State);
        Assert.Empty(delivery.Attempts);
        await CommitAsync(Settle(message));
        Assert.Equal(new LedgerRow(Pipeline, 1, 1, 0, 0, 0, 0), await LedgerAsync());
        Assert.Empty(await Store.CountDeadAsync(new DeadQuery(), default));
    }

    [ConformanceFact]
    public async Task Edit_OfAMessageOfWhichSomethingWasDelivered_IsRefused()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));
        await CommitAsync(Settle(message, 0), GiveUp(message, 1));
        var edit = Edit(message, null, "{}");

        await CommitAsync(edit);

        Assert.Equal(ReplayRefusal.Delivered, edit.Refusal);
        Assert.Null(edit.Reopened);
        var view = await ViewAsync(message);
        Assert.Equal(MessageState.Dead, view.State);
        Assert.Empty(view.Edits);
        Assert.Empty(view.Replays);
        Assert.Equal(1, (await LedgerAsync()).Dead);
    }

    [ConformanceFact]
    public async Task Edit_OfADeadDelivery_OpensThatOneOnly()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals, "old"), To(Deals)));
        await CommitAsync(GiveUp(message, 0), Settle(message, 2), GiveUp(message, 1));
        var edit = Edit(message, 1, "new");

        await CommitAsync(edit);
        await ReopenAsync();

        var pending = Assert.Single(edit.Reopened!.Pending);
        Assert.Equal((1, 1), (pending.Id.Index, pending.Record.Edit));
        Assert.Equal(Utf8("new"), pending.Record.Body!.Value.ToArray());
        var view = await ViewAsync(message);
        Assert.Equal([DeliveryState.Dead, DeliveryState.Pending, DeliveryState.Delivered], view.Deliveries.Select(d => d.State));
        Assert.Equal(Utf8("old"), Assert.Single(view.Edits).Original.ToArray());
        Assert.Single(view.Deliveries[1].Attempts);
        await CommitAsync(Settle(message, 1));
        Assert.Equal(MessageState.Dead, (await ViewAsync(message)).State);
        Assert.Equal(Deals, Assert.Single(await Store.CountDeadAsync(new DeadQuery(), default)).Destination);
    }

    [ConformanceFact]
    public async Task Edit_Again_CountsOnAndKeepsEachBody()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals)));
        await CommitAsync(GiveUp(message), Edit(message, 0, "second"), GiveUp(message, 0, 2));

        await CommitAsync(Edit(message, null, "third"));

        var view = await ViewAsync(message);
        Assert.Equal(2, view.Message.Edit);
        Assert.Equal([(1, (int?)0), (2, null)], view.Edits.Select(e => (e.Number, e.Delivery)));
        Assert.Equal([message.Body.ToArray(), message.Body.ToArray()], view.Edits.Select(e => e.Original.ToArray()));
        Assert.Equal(view.Edits[0].Before, view.Edits[1].Before);
    }

    [ConformanceFact]
    public async Task Edit_OfWhatIsNotDead_SaysWhy()
    {
        var open = await AcceptAsync(Message(), null);
        var dead = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));
        await CommitAsync(Settle(dead, 0), GiveUp(dead, 1));
        ReplayOperation[] edits = [Edit(open, null, "{}"), Edit(dead, 0, "{}"), Edit(dead, 2, "{}"), Edit(Message(), null, "{}")];

        await CommitAsync(edits);

        Assert.Equal([ReplayRefusal.NotDead, ReplayRefusal.NoDeadDelivery, ReplayRefusal.NoDeadDelivery, ReplayRefusal.Unknown], edits.Select(e => e.Refusal!.Value));
    }

    [ConformanceFact]
    public async Task Edit_OfAMessageKeptApart_IsRefused()
    {
        var message = Message() with { Attributes = new() { Claim = "c-1" } };
        await AcceptAsync(message, Failed());
        var edit = Edit(message, null, "{}");

        await CommitAsync(edit);

        Assert.Equal(ReplayRefusal.Claimed, edit.Refusal);
    }

    [ConformanceFact]
    public async Task Edit_InAGroupThatFails_ChangesNothing()
    {
        var message = await AcceptAsync(Message(), Failed());

        await Assert.ThrowsAsync<JournalException>(() => CommitAsync(Edit(message, null, "{}"), State("run", 3, "never")));

        Assert.Empty((await ViewAsync(message)).Edits);
        Assert.Equal(message.Body.ToArray(), (await ViewAsync(message)).Message.Body.ToArray());
    }

    private ReplayOperation Edit(MessageRecord message, int? delivery, string body) => new(message.Id, "number was no text", Clock.GetUtcNow())
    {
        Edit = new MessageEdit(delivery, Utf8(body), "李雷") { Findings = [Problem("was wrong")] },
    };
}
