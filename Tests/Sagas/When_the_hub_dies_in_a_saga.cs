using Hub.Core.Journal;
using Hub.Core.Messaging;
using Tests.Runtime;

namespace Tests.Sagas;

public sealed class When_the_hub_dies_in_a_saga
{
    [Theory]
    [InlineData("accepted", false)]
    [InlineData("accepted", true)]
    [InlineData("saga", false)]
    [InlineData("saga", true)]
    [InlineData("settled", false)]
    [InlineData("settled", true)]
    public async Task Should_have_all_or_nothing_of_each_message_and_everything_in_the_end(string place, bool afterTheCommit)
    {
        await using var bench = SagaBench.Create(register: m => m.Endpoint("work.cards").Handler<Answer>());
        bench.Engine.Messaging("work", "endpoints: { cards: {} }", _ => { });
        bench.Script.OnNote = async (_, note, context) =>
        {
            await context.Send(new ChargeCard { OrderId = note.OrderId, Amount = note.Number });
            await context.Send("work.cards", new ChargeCard { OrderId = note.OrderId, Amount = note.Number });
        };
        bench.Script.OnCharged = (saga, _, _) => Task.FromResult(saga.Data.Reminders++);
        await bench.Engine.StartAsync();
        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 1 });
        void Die(IReadOnlyList<JournalOperation> group)
        {
            var hit = place switch
            {
                "accepted" => group.Any(o => o is AcceptOperation { Message.Pipeline: "work.cards" }),
                "saga" => group.Any(o => o is WriteStateOperation { Kind: "saga:sagas.orders" }),
                _ => group.Any(o => o is SettleOperation),
            };
            if (hit) bench.Engine.Store.Crash();
        }

        if (afterTheCommit) bench.Engine.Store.AfterCommit = Die;
        else bench.Engine.Store.BeforeCommit = Die;
        await bench.PostAsync(new NoteOrder { OrderId = "4711", Number = 2 }, "e2");
        await bench.Engine.Store.Crashed.WaitAsync(TimeSpan.FromSeconds(30));
        await bench.Engine.CrashAndStartAsync();
        await bench.PostAsync(new NoteOrder { OrderId = "4711", Number = 2 }, "e2");
        await bench.Engine.SettleAsync();

        var data = await bench.DataAsync();
        Assert.Equal(("1,2", 2), (string.Join(",", data!.Notes), data.Reminders));
        var charges = bench.Engine.Connector.Confirmed.Where(s => s.Endpoint == "pay.charges").DistinctBy(s => s.Message.IdempotencyKey);
        Assert.Equal(["1", "2"], charges.Select(s => s.Body.Split(':')[^1].TrimEnd('}')));
        Assert.All(await bench.LedgerAsync(), r => Assert.Equal((0L, 0L), (r.InFlight, r.Dead)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Anywhere_and_again_Should_count_each_message_once_in_the_order_of_its_instance(int seed)
    {
        var random = new Random(seed);
        await using var bench = SagaBench.Create("retry: { immediate: 3, delayed: [ 1s, 2s, 3s, 4s ], jitter: 0% }");
        bench.Script.OnNote = async (saga, note, context) =>
        {
            await context.Send(new ChargeCard { OrderId = note.OrderId, Amount = note.Number });
            await saga.After(context, TimeSpan.FromSeconds(30));
            lock (random)
            {
                if (random.Next(6) == 0) throw new TimeoutException("away");
            }
        };
        await bench.Engine.StartAsync();
        const int Sagas = 6;
        const int Each = 10;
        for (var number = 1; number <= Each; number++)
        {
            if (number % 3 == 0)
            {
                var countdown = random.Next(1, 12);
                bench.Engine.Store.AfterCommit = _ =>
                {
                    if (Interlocked.Decrement(ref countdown) == 0) bench.Engine.Store.Crash();
                };
            }

            for (var saga = 0; saga < Sagas; saga++) await bench.PostAsync(new NoteOrder { OrderId = $"S{saga}", Number = number }, $"{saga}-{number}");
            if (number % 3 == 0)
            {
                await bench.Engine.CrashAndStartAsync();
                for (var saga = 0; saga < Sagas; saga++) await bench.PostAsync(new NoteOrder { OrderId = $"S{saga}", Number = number }, $"{saga}-{number}");
            }

            await bench.Engine.SettleAsync();
        }

        bench.Engine.Clock.Advance(TimeSpan.FromMinutes(2));
        await bench.Engine.QuietAsync();
        await bench.Engine.SettleAsync();

        for (var saga = 0; saga < Sagas; saga++)
        {
            var data = await bench.DataAsync($"S{saga}");
            Assert.Equal(Enumerable.Range(1, Each), data!.Notes);
            Assert.Equal(Each, data.Reminders);
            var id = $"\"S{saga}\"";
            var charges = bench.Engine.Connector.Confirmed.Where(s => s.Body.Contains(id, StringComparison.Ordinal)).DistinctBy(s => s.Message.IdempotencyKey);
            Assert.Equal(Enumerable.Range(1, Each).Select(n => $"{n}"), charges.Select(s => s.Body.Split(':')[^1].TrimEnd('}')));
        }

        Assert.All(await bench.LedgerAsync(), r => Assert.Equal((0L, 0L), (r.InFlight, r.Dead)));
    }

    private sealed class Answer : IHandleMessages<ChargeCard>
    {
        public Task Handle(ChargeCard message, IMessageHandlerContext context) => context.Reply(new CardCharged());
    }
}
