using System.Collections.Concurrent;
using System.Globalization;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;
using Tests.Storage;

namespace Tests.LossStories;

public sealed partial class MassTransitStories
{
    private static readonly TimeSpan PostgreSqlLimit = TimeSpan.FromSeconds(90);

    /// <summary>Under heavy load, messages that the outbox had taken were never delivered.</summary>
    [ServerFact(Server.PostgreSql)]
    public async Task MassTransit_4990_4996_Under_heavy_load_every_accepted_message_is_delivered_or_open()
    {
        const int Producers = 16;
        const int Each = 150;
        var schema = await JournalSchema.NewAsync();
        var store = schema.NewStore();
        await using (var journal = await Hub.Core.Journal.Journal.OpenAsync(store, TimeProvider.System, new JournalOptions(), default))
        {
            var work = new JournalWork(store, journal.Ids);
            var delivered = new ConcurrentBag<MessageId>();
            await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(async () =>
            {
                for (var i = 0; i < Each; i++)
                {
                    var accept = work.Accept(string.Create(CultureInfo.InvariantCulture, $"{producer}-{i}"), body: 2000);
                    await journal.CommitAsync(accept);
                    if (i % 3 == 0) continue;
                    journal.Post(new SettleOperation(new DeliveryId(accept.Message.Id, 0), accept.Message.ReceivedAt));
                    delivered.Add(accept.Message.Id);
                }
            })));
            await journal.FlushAsync();

            Assert.Equal(
                [new LedgerRow(JournalWork.Pipeline, Producers * Each, delivered.Count, 0, 0, 0, (Producers * Each) - delivered.Count)], await store.ReadLedgerAsync(default));
            Assert.Empty((await store.LeaseAsync(MessageId.None, int.MaxValue, default)).Select(m => m.Message.Id).Intersect(delivered));
        }

        await schema.DropAsync();
    }

    /// <summary>While deliveries were tried again, a transaction was held open that locked the tables for everybody else.</summary>
    [ServerFact(Server.PostgreSql)]
    public async Task MassTransit_4299_Trying_again_holds_no_lock_between_commits()
    {
        var schema = await JournalSchema.NewAsync();
        await using (var store = schema.NewStore($";Application Name={schema.Name}"))
        {
            await store.OpenAsync(default);
            var accept = new JournalWork(store, JournalWork.NewIds()).Accept("4711");
            var delivery = new DeliveryId(accept.Message.Id, 0);
            var at = accept.Message.ReceivedAt;
            await store.CommitAsync([accept], default);
            for (var attempt = 1; attempt <= 3; attempt++)
            {
                await store.CommitAsync([new RescheduleOperation(delivery, new AttemptRecord(attempt, at, true, new() { Code = "DLV601" }), at.AddMinutes(attempt))], default);

                Assert.Equal(0L, await schema.ScalarAsync<long>($"SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE a.application_name = '{schema.Name}' AND l.locktype = 'relation'"));
                Assert.Equal(0L, await schema.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{schema.Name}' AND state LIKE 'idle in transaction%'"));
            }

            Assert.Equal(3, Assert.Single(Assert.Single(await store.LeaseAsync(MessageId.None, 10, default)).Pending).Attempts);
        }

        await schema.DropAsync();
    }

    /// <summary>One thread took the outbox's messages one at a time: 10 to 20 a second. Here a hundred that wait are a handful of commits.</summary>
    [ServerFact(Server.PostgreSql)]
    public async Task MassTransit_5114_Messages_that_wait_together_are_committed_together()
    {
        var schema = await JournalSchema.NewAsync();
        var store = schema.NewStore();
        await using (var journal = await Hub.Core.Journal.Journal.OpenAsync(store, TimeProvider.System, new JournalOptions(), default))
        {
            var work = new JournalWork(store, journal.Ids);
            var waiting = Enumerable.Range(0, 1000).Select(i => journal.CommitAsync(work.Accept(string.Create(CultureInfo.InvariantCulture, $"{i}"))).AsTask()).ToList();
            await Task.WhenAll(waiting).WaitAsync(PostgreSqlLimit);

            Assert.InRange(journal.Commits, 1, 200);
            Assert.Equal(1000, Assert.Single(await store.ReadLedgerAsync(default)).InFlight);
        }

        await schema.DropAsync();
    }
}
