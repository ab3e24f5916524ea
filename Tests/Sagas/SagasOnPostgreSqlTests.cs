using Hub.Core.Journal;
using Hub.Core.Messaging;
using Hub.Core.Schedules;
using Tests.Servers;
using Tests.Storage;

namespace Tests.Sagas;

/// <summary>What sagas and schedules need of a store, on the other store.</summary>
public sealed class SagasOnPostgreSqlTests : IAsyncLifetime
{
    private JournalSchema? _schema;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _schema?.DropAsync() ?? Task.CompletedTask;

    [ServerTheory(Server.PostgreSql)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Saga_WhoseHubDies_HasAllOrNothingOfAMessage(bool afterTheCommit)
    {
        await using var bench = await CreateAsync();
        bench.Script.OnNote = async (saga, note, context) =>
        {
            await context.Send(new ChargeCard { OrderId = note.OrderId, Amount = note.Number });
            await saga.After(context, TimeSpan.FromHours(1));
        };
        await bench.Engine.StartAsync();
        await bench.RunAsync(new NoteOrder { OrderId = "订单-1", Number = 1 });
        void Die(IReadOnlyList<JournalOperation> group)
        {
            if (group.Any(o => o is WriteStateOperation { Kind: "saga:sagas.orders" })) bench.Engine.Store.Crash();
        }

        if (afterTheCommit) bench.Engine.Store.AfterCommit = Die;
        else bench.Engine.Store.BeforeCommit = Die;
        await bench.PostAsync(new NoteOrder { OrderId = "订单-1", Number = 2 });
        await bench.Engine.Store.Crashed.WaitAsync(TimeSpan.FromSeconds(30));
        await bench.Engine.CrashAndStartAsync();
        await bench.Engine.SettleAsync();
        bench.Engine.Clock.Advance(TimeSpan.FromHours(2));
        await bench.Engine.QuietAsync();
        await bench.Engine.SettleAsync();

        var data = await bench.DataAsync("订单-1");
        Assert.Equal(("1,2", 2, 0), (string.Join(",", data!.Notes), data.Reminders, await bench.DelayedAsync()));
        Assert.Equal(2, bench.Engine.Connector.Confirmed.Select(s => s.Message.IdempotencyKey).Distinct().Count());
        Assert.All(await bench.LedgerAsync(), r => Assert.Equal((0L, 0L), (r.InFlight, r.Dead)));
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Saga_WhoseDataWasWrittenMeanwhile_ReadsItAgain()
    {
        await using var bench = await CreateAsync();
        await bench.Engine.StartAsync();
        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 1 });
        var other = 0;
        bench.Engine.Store.BeforeCommit = group =>
        {
            if (!group.Any(o => o is WriteStateOperation { Kind: "saga:sagas.orders" }) || Interlocked.Exchange(ref other, 1) != 0) return;
            var body = System.Text.Encoding.UTF8.GetBytes("""{"orderId":"4711","notes":[1,99]}""");
            bench.Engine.Store.CommitAsync([new WriteStateOperation("saga:sagas.orders", "4711", 1, body, bench.Engine.Clock.GetUtcNow())], default).AsTask().GetAwaiter().GetResult();
        };

        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 2 });

        Assert.Equal([1, 99, 2], (await bench.DataAsync())!.Notes);
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Schedule_OfSeveralNodes_RunsEachTimeOnce()
    {
        await using var bench = await CreateAsync();
        await bench.Engine.StartAsync();
        var runs = new List<DateTimeOffset>();
        var job = new ScheduledJob(new ScheduleDefinition("report", "minutely", new IntervalTimetable(TimeSpan.FromMinutes(1))), (occurrence, _) =>
        {
            lock (runs) runs.Add(occurrence.ScheduledAt);
            return Task.CompletedTask;
        });
        Scheduler[] nodes = [new(bench.Engine.Engine.Context), new(bench.Engine.Engine.Context), new(bench.Engine.Engine.Context)];
        foreach (var node in nodes) await node.ApplyAsync([job]);
        await bench.Engine.QuietAsync();

        for (var minute = 0; minute < 20; minute++)
        {
            bench.Engine.Clock.Advance(TimeSpan.FromMinutes(1));
            await bench.Engine.QuietAsync();
        }

        foreach (var node in nodes) await node.DisposeAsync();
        Assert.Equal((20, 20), (runs.Count, runs.Distinct().Count()));
    }

    private async Task<SagaBench> CreateAsync()
    {
        _schema = await JournalSchema.NewAsync();
        var bench = SagaBench.Create();
        bench.Engine.NewStore = () => _schema.NewStore();
        return bench;
    }
}
