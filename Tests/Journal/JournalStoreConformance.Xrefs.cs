using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Xrefs;
using Tests.Servers;

namespace Tests.Journal;

/// <content>The identity map: entries arise in the commit of what they belong to, or not at all.</content>
public abstract partial class JournalStoreConformance
{
    protected static readonly XrefKey C1 = new("account", "erp", "C1", "crm");
    protected static readonly XrefKey C2 = new("account", "erp", "C2", "crm");

    [ConformanceFact]
    public async Task Settle_WithAnIdentity_RecordsItWithTheDelivery()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals) with { Identity = new XrefEntry(C1, "A-1") }));
        Assert.Empty(await Store.FindXrefsAsync([C1], default));
        await ReopenAsync();
        var pending = Assert.Single(Assert.Single(await Store.LeaseAsync(MessageId.None, 10, default)).Pending);
        Assert.Equal(new XrefEntry(C1, "A-1"), pending.Record.Identity);

        await CommitAsync(new SettleOperation(pending.Id, Clock.GetUtcNow()) { Identity = pending.Record.Identity });
        await ReopenAsync();

        Assert.Equal([new XrefEntry(C1, "A-1")], await Store.FindXrefsAsync([C2, C1], default));
        Assert.Equal(MessageState.Delivered, (await ViewAsync(message)).State);
    }

    [ConformanceFact]
    public async Task Settle_OfWhatIsSettled_LeavesTheEntryAsItIs()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals)));
        var id = new DeliveryId(message.Id, 0);
        await CommitAsync(new SettleOperation(id, Clock.GetUtcNow()) { Identity = new XrefEntry(C1, "A-1") });

        await CommitAsync(new SettleOperation(id, Clock.GetUtcNow()) { Identity = new XrefEntry(C1, "A-2") });

        Assert.Equal([new XrefEntry(C1, "A-1")], await Store.FindXrefsAsync([C1], default));
    }

    [ConformanceFact]
    public async Task Record_TellsWhatIsNewAndWhatHasChanged()
    {
        await CommitAsync(new RecordXrefsOperation([new XrefEntry(C1, "A-1"), new XrefEntry(C2, "A-2")], Clock.GetUtcNow()));
        var operation = new RecordXrefsOperation([new XrefEntry(C1, "A-1"), new XrefEntry(C2, "A-3"), new XrefEntry(C2 with { To = "oa" }, "O-2")], Clock.GetUtcNow());
        await CommitAsync(operation);

        Assert.Equal((1, 1), (operation.Added, operation.Changed));
        Assert.Equal(["A-1", "A-3"], (await Store.FindXrefsAsync([C1, C2], default)).Select(e => e.Target).Order());
    }

    [ConformanceFact]
    public async Task Find_ByAnyOfItsIds_GivesTheEntriesOfAThing()
    {
        await CommitAsync(new RecordXrefsOperation([new XrefEntry(C1, "A-1"), new XrefEntry(C1 with { To = "oa" }, "O-1"), new XrefEntry(C2, "A-2"), new XrefEntry(C1 with { Entity = "person" }, "P-1")], Clock.GetUtcNow()));

        Assert.Equal(["A-1", "O-1"], (await Store.FindXrefsAsync("account", "C1", 10, default)).Select(e => e.Target));
        Assert.Equal([new XrefEntry(C2, "A-2")], await Store.FindXrefsAsync("account", "A-2", 10, default));
        Assert.Single(await Store.FindXrefsAsync("account", "C1", 1, default));
        Assert.Empty(await Store.FindXrefsAsync("product", "C1", 10, default));
    }

    [ConformanceFact]
    public async Task Created_OfAnOutcome_IsRecordedWithItAndNeverReplacesWhatIsThere()
    {
        await CommitAsync(new RecordXrefsOperation([new XrefEntry(C2, "A-2")], Clock.GetUtcNow()));
        await AcceptAsync(Message("1"), Sends(To(Deals)) with { Created = [new XrefEntry(C1, "made-1"), new XrefEntry(C2, "made-2")] });
        var later = await AcceptAsync(Message("2"), null);
        await CommitAsync(new CompleteOperation(later.Id, Sends(To(Deals)) with { Created = [new XrefEntry(C1 with { Id = "C3" }, "made-3")] }) { At = Clock.GetUtcNow() });
        await ReopenAsync();

        Assert.Equal(["A-2", "made-1", "made-3"], (await Store.FindXrefsAsync([C1, C2, C1 with { Id = "C3" }], default)).Select(e => e.Target).Order(StringComparer.Ordinal));
    }

    [ConformanceFact]
    public async Task Created_OfADuplicate_IsNotRecorded()
    {
        await AcceptAsync(Message("1", "e1"), Sends(To(Deals)));

        await AcceptAsync(Message("1", "e1"), Sends(To(Deals)) with { Created = [new XrefEntry(C1, "made-1")] });

        Assert.Empty(await Store.FindXrefsAsync([C1], default));
    }

    [ConformanceFact]
    public async Task Group_ThatFails_LeavesNoEntryBehind()
    {
        var message = Message();
        var group = new JournalOperation[]
        {
            new AcceptOperation(message, Sends(To(Deals)) with { Created = [new XrefEntry(C1, "made-1")], Wanted = [C2] }),
            new RecordXrefsOperation([new XrefEntry(C2, "A-2")], Clock.GetUtcNow()),
            new AcceptOperation(Message("2"), Sends()),
        };

        await Assert.ThrowsAsync<JournalException>(() => CommitAsync(group));

        Assert.Empty(await Store.FindXrefsAsync([C1, C2], default));
        Assert.Empty(await Store.FindWantedAsync([C2], default));
    }

    [ConformanceFact]
    public async Task Wanted_UntilItIsRepaired_SurvivesARestart()
    {
        var first = await AcceptAsync(Message("1"), Sends(To(Deals)) with { Wanted = [C1, C2] });
        await CommitAsync(Settle(first));
        await ReopenAsync();
        Assert.Equal([first.Id], await Store.FindWantedAsync([C1], default));
        Assert.Empty(await Store.FindOverdueAsync(default));

        await CommitAsync(new RecordXrefsOperation([new XrefEntry(C1, "A-1")], Clock.GetUtcNow()));
        Assert.Equal([first.Id], await Store.FindOverdueAsync(default));
        var repair = new AcceptOperation(Message("1", $"r:{first.Id}"), null) { Repairs = first.Id };
        await CommitAsync(repair);

        Assert.Equal((false, MessageId.None), (repair.IsSuperseded, repair.DuplicateOf));
        Assert.Empty(await Store.FindOverdueAsync(default));
        Assert.Empty(await Store.FindWantedAsync([C1, C2], default));
        Assert.Equal(2, (await LedgerAsync()).Received);
    }

    [ConformanceFact]
    public async Task Repair_OfALaneThatHasANewerMessage_IsNotAccepted()
    {
        var first = await AcceptAsync(Message("1"), Sends(To(Deals)) with { Wanted = [C1] });
        await AcceptAsync(Message("2"), Sends(To(Deals)));
        await AcceptAsync(Message("1"), Sends(To(Deals)));

        var repair = new AcceptOperation(Message("1"), null) { Repairs = first.Id };
        await CommitAsync(repair);

        Assert.True(repair.IsSuperseded);
        Assert.Null(await Store.FindAsync(repair.Message.Id, default));
        Assert.Empty(await Store.FindWantedAsync([C1], default));
        Assert.Equal(3, (await LedgerAsync()).Received);
    }

    [ConformanceFact]
    public async Task Purge_OfAMessage_ForgetsWhatItWantsAndKeepsTheEntries()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals)) with { Created = [new XrefEntry(C1, "made-1")], Wanted = [C2] });
        await CommitAsync(Settle(message));
        Clock.Advance(TimeSpan.FromDays(1));

        await CommitAsync(new PurgeOperation(Clock.GetUtcNow(), false, 10));

        Assert.Empty(await Store.FindWantedAsync([C2], default));
        Assert.Single(await Store.FindXrefsAsync([C1], default));
    }

    [ConformanceFact]
    public async Task Attributes_OfARepairAndOfAFile_AreKept()
    {
        var message = Message() with { Attributes = new MessageAttributes { Origin = "a:1:1", RepairOf = "01", File = """{"header":{}}""" } };

        await AcceptAsync(message, null);

        Assert.Equal(message.Attributes, (await ViewAsync(message)).Message.Attributes);
    }
}
