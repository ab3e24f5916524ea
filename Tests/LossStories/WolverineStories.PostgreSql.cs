using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;
using Tests.Storage;

namespace Tests.LossStories;

public sealed partial class WolverineStories
{
    /// <summary>Rows of messages that had been handled stayed for ever: the tables grew until nothing was fast any more.</summary>
    [ServerFact(Server.PostgreSql)]
    public async Task Wolverine_689_895_Handled_rows_go_with_retention_and_leave_nothing_behind()
    {
        var schema = await JournalSchema.NewAsync();
        await using (var store = schema.NewStore())
        {
            await store.OpenAsync(default);
            var work = new JournalWork(store, JournalWork.NewIds());
            for (var group = 0; group < 30; group++) await work.CommitAsync(100);
            var open = work.Accepted.Keys.First(id => !work.Settled.ContainsKey(id));
            Assert.Equal(100L, await schema.ScalarAsync<long>("SELECT count(*) FROM open_messages"));
            PurgeOperation purge;
            var purged = 0;
            do
            {
                purge = new PurgeOperation(DateTimeOffset.MaxValue, dead: false, limit: 700);
                await store.CommitAsync([purge], default);
                purged += purge.Purged;
            }
            while (purge.Purged > 0);

            Assert.Equal(2900, purged);
            Assert.NotNull(await store.FindAsync(open, default));
            foreach (var table in (string[])["messages", "dedupe", "open_messages"]) Assert.Equal(100L, await schema.ScalarAsync<long>($"SELECT count(*) FROM {table}"));
            foreach (var table in (string[])["settlements", "delivery_states", "outcomes", "bodies", "dead_messages", "attempts"]) Assert.Equal(0L, await schema.ScalarAsync<long>($"SELECT count(*) FROM {table}"));
        }

        Assert.Equal(0L, await schema.ScalarAsync<long>("SELECT count(*) FROM writers"));
        await schema.DropAsync();
    }

    /// <summary>After a crash, messages that had been recovered were taken in a second time when their sender repeated them.</summary>
    [ServerFact(Server.PostgreSql)]
    public async Task Wolverine_585_What_was_accepted_before_a_crash_is_a_duplicate_after_it()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        var schema = JournalSchema.Of(await server.NewDatabaseAsync());
        var before = schema.NewStore();
        await before.OpenAsync(default);
        var accepts = new JournalWork(before, JournalWork.NewIds());
        AcceptOperation first = accepts.Accept("order 4711"), second = accepts.Accept("order 4712");
        await before.CommitAsync([first, second, new SettleOperation(new DeliveryId(second.Message.Id, 0), second.Message.ReceivedAt)], default);
        await server.KillAsync();
        await server.StartAgainAsync();
        await using var after = schema.NewStore();
        var ids = JournalWork.NewIds((await after.OpenAsync(default)).Value);

        var recovered = Assert.Single(await after.LeaseAsync(MessageId.None, 10, default));
        AcceptOperation[] again = [new JournalWork(after, ids).Accept("order 4711"), new JournalWork(after, ids).Accept("order 4712")];
        await after.CommitAsync([.. again], default);

        Assert.Equal(first.Message.Id, recovered.Message.Id);
        Assert.Equal([first.Message.Id, second.Message.Id], again.Select(a => a.DuplicateOf));
        Assert.Equal([new LedgerRow(JournalWork.Pipeline, 4, 1, 0, 2, 0, 1)], await after.ReadLedgerAsync(default));
        await before.DisposeAsync();
    }
}
