using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Storage;

/// <summary>Several stores on one database, and a database that has grown for a long time.</summary>
public sealed class PostgreSqlConcurrencyTests
{
    private const int Stores = 3;

    [ServerFact(Server.PostgreSql)]
    public async Task Commit_TwoStoresWithTheSameKeys_AcceptEachOnce()
    {
        var schema = await JournalSchema.NewAsync();
        var stores = Enumerable.Range(0, Stores).Select(_ => schema.NewStore()).ToList();
        foreach (var store in stores) await store.OpenAsync(default);
        var works = stores.Select((store, i) => new JournalWork(store, JournalWork.NewIds((i + 1L) << 60))).ToList();

        // Each has the same keys in another order, so that they wait for each other all the time.
        var accepts = await Task.WhenAll(works.Select((work, i) => Task.Run(async () =>
        {
            var all = new List<AcceptOperation>();
            for (var round = 0; round < 40; round++)
            {
                List<AcceptOperation> group = [.. Enumerable.Range(round * 10, 20).OrderBy(k => (k * (i + 7)) % 31).Select(k => work.Accept($"key {k}"))];
                await stores[i].CommitAsync([.. group], default);
                all.AddRange(group);
            }

            return all;
        })));

        foreach (var key in accepts.SelectMany(a => a).GroupBy(a => a.Message.DedupeKey))
        {
            var first = Assert.Single(key, a => a.DuplicateOf == MessageId.None);
            Assert.All(key.Where(a => a != first), a => Assert.Equal(first.Message.Id, a.DuplicateOf));
        }

        var row = Assert.Single(await stores[0].ReadLedgerAsync(default));
        Assert.Equal((Stores * 800L, 410L, 0L), (row.Received, row.InFlight, row.Unaccounted));
        foreach (var store in stores) await store.DisposeAsync();
        await schema.DropAsync();
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Commit_SeveralStoresSideBySide_CountEachMessageOnce()
    {
        var schema = await JournalSchema.NewAsync();
        var stores = Enumerable.Range(0, Stores).Select(_ => schema.NewStore()).ToList();
        foreach (var store in stores) await store.OpenAsync(default);
        var works = stores.Select((store, i) => new JournalWork(store, JournalWork.NewIds((i + 1L) << 60), $"{i}-")).ToList();

        await Task.WhenAll(works.Select(work => Task.Run(async () =>
        {
            for (var group = 0; group < 60; group++) await work.CommitAsync();
        })));

        await JournalWork.AgreeAsync(stores[0], [.. works]);
        foreach (var store in stores) await store.DisposeAsync();
        await schema.DropAsync();
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Commit_MessageThatAnotherStoreHasSettled_IsReadAgain()
    {
        var schema = await JournalSchema.NewAsync();
        await using var one = schema.NewStore();
        await one.OpenAsync(default);
        await using var two = schema.NewStore();
        await two.OpenAsync(default);
        var work = new JournalWork(one, JournalWork.NewIds());
        var accept = work.Accept("a");
        await one.CommitAsync([accept], default);
        var settle = new SettleOperation(new DeliveryId(accept.Message.Id, 0), accept.Message.ReceivedAt);
        await two.CommitAsync([settle], default);

        // The first still believes that it is open.
        await one.CommitAsync([settle, work.Accept("b")], default);

        Assert.Equal([new LedgerRow(JournalWork.Pipeline, 2, 1, 0, 0, 0, 1)], await one.ReadLedgerAsync(default));
        await schema.DropAsync();
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Commit_WithALongHistory_ReadsNothingOfIt()
    {
        var schema = await JournalSchema.NewAsync();
        await using (var filling = schema.NewStore())
        {
            await filling.OpenAsync(default);
            var old = new JournalWork(filling, JournalWork.NewIds(), "old");
            for (var group = 0; group < 40; group++) await old.CommitAsync(500);
        }

        await schema.ExecuteAsync("ANALYZE");
        var name = $"{schema.Name}-hot";
        await using (var store = schema.NewStore($";Application Name={name}"))
        {
            await store.OpenAsync(default);
            await schema.ExecuteAsync("SELECT pg_stat_reset()");
            var work = new JournalWork(store, JournalWork.NewIds(1L << 60), "new");
            for (var group = 0; group < 30; group++) await work.CommitAsync();
        }

        // A backend hands its statistics over when it ends.
        await using var connection = await schema.OpenAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await CountAsync($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{name}'") > 0) Assert.False(limit.IsCancellationRequested, "a backend did not end");
        Assert.Equal(300, await CountAsync("SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'messages' AND schemaname = current_schema()"));

        // The highest id is read at the start.
        Assert.InRange(await CountAsync("SELECT sum(seq_tup_read + idx_tup_fetch)::bigint FROM pg_stat_user_tables WHERE relname IN ('messages', 'outcomes', 'settlements', 'dedupe', 'bodies') AND schemaname = current_schema()"), 0, 1);
        Assert.InRange(await CountAsync("SELECT sum(seq_tup_read + idx_tup_fetch)::bigint FROM pg_stat_user_tables WHERE relname = 'open_messages' AND schemaname = current_schema()"), 0, 600);
        Assert.Equal(0, await CountAsync("SELECT sum(n_tup_upd)::bigint FROM pg_stat_user_tables WHERE relname IN ('messages', 'open_messages', 'dedupe') AND schemaname = current_schema()"));
        await schema.DropAsync();

        async Task<long> CountAsync(string sql)
        {
            await using var command = new Npgsql.NpgsqlCommand(sql, connection);
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }
}
