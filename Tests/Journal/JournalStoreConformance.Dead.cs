using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Journal;

public abstract partial class JournalStoreConformance
{
    [ConformanceFact]
    public async Task CountDead_GroupsByPipelineDestinationAndCode()
    {
        var failed = await AcceptAsync(Message(), Failed());
        var later = await AcceptAsync(Message(), null);
        await CommitAsync(new CompleteOperation(later.Id, Failed()));
        var both = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals), To(Deals)));
        await CommitAsync(GiveUp(both, 0), GiveUp(both, 1), GiveUp(both, 2));
        var other = await AcceptAsync(Message(pipeline: Other), Sends(To(Deals)));
        await CommitAsync(new RescheduleOperation(new(other.Id, 0), Attempt(1), Clock.GetUtcNow()), Dead(other, "DLV601", 2));
        var half = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));
        await CommitAsync(GiveUp(half, 0));
        await ReopenAsync();

        var counted = await Store.CountDeadAsync(new DeadQuery(), default);

        Assert.Equal(
            [
                new DeadCount(Pipeline, null, "DAT301", 2, later.Id),
                new DeadCount(Pipeline, Deals, "DAT301", 1, both.Id),
                new DeadCount(Pipeline, Approvals, "DAT301", 1, both.Id),
                new DeadCount(Other, Deals, "DLV601", 1, other.Id),
            ],
            counted);
        Assert.Equal([Other], (await Store.CountDeadAsync(new DeadQuery { Code = "DLV601" }, default)).Select(c => c.Pipeline));
        Assert.Equal([Approvals], (await Store.CountDeadAsync(new DeadQuery { Destination = Approvals }, default)).Select(c => c.Destination!.Value));
        Assert.Equal([failed.Id, later.Id, both.Id, other.Id], await Store.FindDeadAsync(new DeadQuery(), default));
    }

    [ConformanceFact]
    public async Task CountDead_ReplayedOrPurged_IsGone()
    {
        var replayed = await AcceptAsync(Message(), Sends(To(Deals)));
        var purged = await AcceptAsync(Message(), Failed());
        await CommitAsync(GiveUp(replayed), new ReplayOperation(replayed.Id, "again", Clock.GetUtcNow()));
        Assert.Equal([purged.Id], await Store.FindDeadAsync(new DeadQuery(), default));
        Clock.Advance(TimeSpan.FromDays(1));

        await CommitAsync(GiveUp(replayed, 0, 2), new PurgeOperation(Clock.GetUtcNow(), dead: true, limit: 10));

        Assert.Equal([new DeadCount(Pipeline, Deals, "DAT301", 1, replayed.Id)], await Store.CountDeadAsync(new DeadQuery(), default));
    }

    [ConformanceFact]
    public async Task FindDead_Conditions_HoldTogether()
    {
        var first = await AcceptAsync(Message("a"), Failed());
        Clock.Advance(TimeSpan.FromHours(1));
        var noon = Clock.GetUtcNow();
        var second = await AcceptAsync(Message("b"), Failed());
        Clock.Advance(TimeSpan.FromHours(1));
        var third = await AcceptAsync(Message("b"), Sends(To(Deals)));
        await CommitAsync(GiveUp(third));

        Assert.Equal([first.Id], await FindAsync(new DeadQuery { Until = noon }));
        Assert.Equal([second.Id, third.Id], await FindAsync(new DeadQuery { Since = noon }));
        Assert.Equal([second.Id], await FindAsync(new DeadQuery { Since = noon, Until = Clock.GetUtcNow(), Key = "b", Pipeline = Pipeline, Code = "DAT301" }));
        Assert.Equal([third.Id], await FindAsync(new DeadQuery { Key = "b", Destination = Deals }));
        Assert.Equal([second.Id], await FindAsync(new DeadQuery { After = first.Id, Limit = 1 }));
        Assert.Equal([], await FindAsync(new DeadQuery { Pipeline = "never-seen" }));
        Assert.Equal([], await FindAsync(new DeadQuery { Destination = new EndpointName("never", "seen") }));
        Assert.Equal([], await FindAsync(new DeadQuery { Code = "DAT999" }));

        async Task<IReadOnlyList<MessageId>> FindAsync(DeadQuery query) => await Store.FindDeadAsync(query, default);
    }

    [ConformanceFact]
    public async Task Query_ByIds_ListsThese()
    {
        var first = await AcceptAsync(Message(), Filtered());
        await AcceptAsync(Message(), Filtered());
        var third = await AcceptAsync(Message(), Failed());

        var found = await Store.QueryAsync(new MessageQuery { Ids = [first.Id, third.Id, Ids.Next()], Limit = 1000 }, default);

        Assert.Equal([(third.Id, MessageState.Dead), (first.Id, MessageState.Filtered)], found.Select(m => (m.Id, m.State)));
        Assert.Empty(await Store.QueryAsync(new MessageQuery { Ids = [] }, default));
    }

    [ConformanceFact]
    public async Task Purge_CountsFromTheEnd_AndFromTheLastReplay()
    {
        var message = await AcceptAsync(Message(dedupe: "x"), Sends(To(Deals)));
        await CommitAsync(GiveUp(message));
        Clock.Advance(TimeSpan.FromDays(60));
        await CommitAsync(new ReplayOperation(message.Id, "repaired", Clock.GetUtcNow()), Settle(message));
        var filtered = await AcceptAsync(Message(), Failed());
        Clock.Advance(TimeSpan.FromDays(60));
        await CommitAsync(new ReplayOperation(filtered.Id, "again", Clock.GetUtcNow()), new CompleteOperation(filtered.Id, Filtered()));
        Clock.Advance(TimeSpan.FromDays(1));
        var purge = new PurgeOperation(Clock.GetUtcNow().AddDays(-30), dead: false, limit: 10);

        await CommitAsync(purge);

        Assert.Equal(1, purge.Purged);
        Assert.Null(await Store.FindAsync(message.Id, default));
        Assert.NotNull(await Store.FindAsync(filtered.Id, default));
    }

    [ConformanceFact]
    public async Task Purge_KeysThatOutliveTheirMessages_KnowADuplicateUntilTheyGo()
    {
        var old = await AcceptAsync(Message(dedupe: "old"), Filtered());
        Clock.Advance(TimeSpan.FromDays(10));
        var from = Clock.GetUtcNow();
        var young = await AcceptAsync(Message(dedupe: new string('长', 60)), Filtered());
        Clock.Advance(TimeSpan.FromDays(10));
        await CommitAsync(new PurgeOperation(Clock.GetUtcNow(), dead: false, limit: 10) { KeysFrom = from });
        await ReopenAsync();
        var again = new AcceptOperation(Message(dedupe: new string('长', 60)), Filtered());
        var fresh = new AcceptOperation(Message(dedupe: "old"), Filtered());

        await CommitAsync(again, fresh);

        Assert.Equal((young.Id, MessageId.None), (again.DuplicateOf, fresh.DuplicateOf));
        Assert.Null(await Store.FindAsync(old.Id, default));
        var early = new PurgeKeysOperation(from, 10);
        var late = new PurgeKeysOperation(from.AddTicks(1), 10);
        var third = new AcceptOperation(Message(dedupe: new string('长', 60)), Filtered());
        await CommitAsync(early, late, third);
        Assert.Equal((0, 1, MessageId.None), (early.Purged, late.Purged, third.DuplicateOf));
        Assert.Equal(1, (await LedgerAsync()).Duplicate);
    }

    private DeadLetterOperation Dead(MessageRecord message, string code, int attempt) =>
        new(new DeliveryId(message.Id, 0), new AttemptRecord(attempt, Clock.GetUtcNow(), false, Problem() with { Code = code }));
}
