using Hub.Core.Journal;
using Hub.Core.Messaging;
using Hub.Core.Operations;
using Tests.Runtime;

namespace Tests.Sagas;

public sealed class When_a_saga_runs
{
    [Fact]
    public async Task Should_keep_its_data_and_send_in_one_commit()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (_, message, context) => context.Send(new ChargeCard { OrderId = message.OrderId, Amount = message.Total });
        var together = new List<IReadOnlyList<JournalOperation>>();
        bench.Engine.Store.AfterCommit = group =>
        {
            if (group.Any(o => o is WriteStateOperation { Kind: "saga:sagas.orders" })) together.Add([.. group]);
        };

        var explained = await bench.RunAsync(new PlaceOrder { OrderId = "4711", Total = 99.5m });

        var unit = Assert.Single(together);
        Assert.Equal(["AcceptOperation", "CompleteOperation", "WriteStateOperation"], unit.Select(o => o.GetType().Name).Order());
        Assert.Equal(99.5m, (await bench.DataAsync())!.Total);
        Assert.Equal(["""{"orderId":"4711","amount":99.5}"""], bench.Charges);
        Assert.Equal((MessageState.Delivered, "4711", "handle", "OrderSaga"), (explained.State, explained.Key, explained.Steps[0].Kind, explained.Steps[0].Subject));
        Assert.Equal([new LedgerRow(SagaBench.Endpoint, 1, 1, 0, 0, 0, 0), new LedgerRow(SagaBench.Outbox, 1, 1, 0, 0, 0, 0)], await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_name_its_type_and_where_it_comes_from_to_the_outside()
    {
        await using var bench = await SagaBench.StartAsync(register: m => m.MessageType<ChargeCard>("shop.charge-card"));
        bench.Script.OnPlace = (_, message, context) => context.Send(new ChargeCard { OrderId = message.OrderId });

        var explained = await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        var sent = Assert.Single(bench.Engine.Connector.Confirmed).Message;
        Assert.Equal(("shop.charge-card", "sagas.orders"), (sent.Attributes.Type, sent.Attributes.Source));
        var headers = Headers.Read(sent.Attributes.Headers);
        Assert.Equal(("sagas.orders", "4711", explained.Id), (headers[Headers.ReplyToAddress], headers[Headers.OriginatingSagaId], headers[Headers.RelatedTo]));
    }

    [Fact]
    public async Task Should_remember_until_it_is_complete()
    {
        await using var bench = await SagaBench.StartAsync();
        await bench.RunAsync(new PlaceOrder { OrderId = "4711", Total = 5 });
        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 1 });
        await bench.Engine.CrashAndStartAsync();
        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 2 });
        var data = await bench.DataAsync();

        Assert.Equal((5m, "1,2"), (data!.Total, string.Join(",", data.Notes)));
        Assert.Equal(64 / 2 + 4, data.Id.ToString().Length);
        await bench.RunAsync(new CancelOrder { OrderId = "4711" });
        Assert.Null(await bench.DataAsync());

        // A new one begins anew under the same identity: it is the same order.
        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 3 });
        Assert.Equal((data.Id, "3"), ((await bench.DataAsync())!.Id, string.Join(",", (await bench.DataAsync())!.Notes)));
    }

    [Fact]
    public async Task Should_work_on_one_message_of_an_instance_and_on_many_instances_at_a_time()
    {
        await using var bench = await SagaBench.StartAsync();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Script.OnNote = (saga, note, _) => saga.Data.OrderId == "A" && note.Number == 1 ? held.Task : Task.CompletedTask;

        for (var number = 1; number <= 3; number++)
        {
            await bench.PostAsync(new NoteOrder { OrderId = "A", Number = number });
            await bench.PostAsync(new NoteOrder { OrderId = "B", Number = number });
            await bench.PostAsync(new NoteOrder { OrderId = "C", Number = number });
        }

        await bench.Engine.UntilAsync(() => new(bench.Engine.Engine.InFlight == 3));
        Assert.Null(await bench.DataAsync("A"));
        Assert.Equal([1, 2, 3], (await bench.DataAsync("B"))!.Notes);
        Assert.Equal([1, 2, 3], (await bench.DataAsync("C"))!.Notes);
        held.SetResult();
        await bench.Engine.SettleAsync();
        Assert.Equal([1, 2, 3], (await bench.DataAsync("A"))!.Notes);
    }

    [Fact]
    public async Task Should_not_wait_for_a_target_that_is_away()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = async (saga, message, context) =>
        {
            await context.Send(new ChargeCard { OrderId = message.OrderId });
            await saga.After(context, TimeSpan.FromSeconds(1));
        };
        bench.Engine.Connector.OnSend("pay.charges", (_, _) => ValueTask.FromException(EngineBench.Away()));

        await bench.PostAsync(new PlaceOrder { OrderId = "4711" });
        await bench.Engine.QuietAsync();
        await bench.PostAsync(new NoteOrder { OrderId = "4711", Number = 1 });
        await bench.Engine.QuietAsync();
        bench.Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.Engine.QuietAsync();

        var data = await bench.DataAsync();
        Assert.Equal((1, 1), (data!.Notes.Count, data.Reminders));
        Assert.Equal(1, bench.Engine.Engine.InFlight);
    }

    [Fact]
    public async Task Should_send_to_one_destination_in_its_order_whatever_fails_between()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnNote = (_, note, context) => context.Send(new ChargeCard { OrderId = note.OrderId, Amount = note.Number });
        bench.Engine.Connector.FailFirst("pay.charges", 1, () => EngineBench.Away());

        for (var number = 1; number <= 5; number++) await bench.PostAsync(new NoteOrder { OrderId = "4711", Number = number });
        await bench.Engine.SettleAsync();

        Assert.Equal(["1", "2", "3", "4", "5"], bench.Engine.Connector.Confirmed.Select(s => s.Body.Split(':')[^1].TrimEnd('}')));
    }

    [Fact]
    public async Task Should_find_itself_again_by_the_reply_to_what_it_sent()
    {
        await using var bench = SagaBench.Create(register: m => m.Endpoint("work.cards").Handler<ChargeHandler>());
        bench.Engine.Messaging("work", "endpoints: { cards: {} }", _ => { });
        bench.Script.OnPlace = (_, message, context) => context.Send("work.cards", new ChargeCard { OrderId = message.OrderId, Amount = message.Total });
        await bench.Engine.StartAsync();

        await bench.RunAsync(new PlaceOrder { OrderId = "4711", Total = 3 });

        Assert.Equal("receipt for 3", (await bench.DataAsync())!.Receipt);
        Assert.Equal(
            [("sagas.orders", 2L), ("sagas.orders.outbox", 1L), ("work.cards", 1L), ("work.cards.outbox", 1L)],
            (await bench.LedgerAsync()).Select(r => (r.Pipeline, r.Delivered)));
    }

    [Fact]
    public async Task Should_answer_who_began_it()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnNote = (saga, _, context) => saga.Answer(context, new CardCharged { Receipt = "done" });
        await bench.PostAsync(new PlaceOrder { OrderId = "4711" }, headers: """{"NServiceBus.ReplyToAddress":"pay.refunds"}""");
        await bench.RunAsync(new NoteOrder { OrderId = "4711" });

        Assert.Equal(["""{"receipt":"done"}"""], bench.Engine.Bodies("pay.refunds"));
    }

    [Fact]
    public async Task Should_take_what_a_pipeline_sends_it()
    {
        await using var bench = SagaBench.Create(endpoint: "{ type: Tests.Sagas.PlaceOrder }");
        bench.Engine.Pipeline("orders", "from: erp.orders\nkey: orderId\nsteps:\n  - send: sagas.orders");
        await bench.Engine.StartAsync();

        await bench.Engine.PostAsync("""{"orderId":"4711","total":12.50,"more":true}""", "e1");
        await bench.Engine.PostAsync("""{"orderId":"4711","total":12.50,"more":true}""", "e1");
        await bench.Engine.SettleAsync();

        Assert.Equal(12.50m, (await bench.DataAsync())!.Total);
        Assert.Equal(new LedgerRow(SagaBench.Endpoint, 1, 1, 0, 0, 0, 0), await bench.LedgerAsync(SagaBench.Endpoint));
    }

    [Fact]
    public async Task Should_take_a_message_once_although_it_is_sent_twice()
    {
        await using var bench = await SagaBench.StartAsync();

        await bench.PostAsync(new NoteOrder { OrderId = "4711", Number = 1 }, "e1");
        await bench.PostAsync(new NoteOrder { OrderId = "4711", Number = 1 }, "e1");
        await bench.Engine.SettleAsync();

        Assert.Equal([1], (await bench.DataAsync())!.Notes);
        Assert.Equal(new LedgerRow(SagaBench.Endpoint, 2, 1, 0, 1, 0, 0), await bench.LedgerAsync(SagaBench.Endpoint));
    }

    [Fact]
    public async Task Should_tell_messages_of_other_types_and_for_other_instances_apart_although_their_bodies_are_the_same()
    {
        await using var bench = await SagaBench.StartAsync();
        foreach (var type in (string[])["PlaceOrder", "NoteOrder", "NoteOrder"]) await bench.PostJsonAsync("""{"orderId":"4711"}""", "Tests.Sagas." + type);
        foreach (var order in (string[])["4711", "4712"])
        {
            await bench.PostAsync(new PlaceOrder { OrderId = order }, "place " + order);
            await bench.PostJsonAsync("{}", "Tests.Sagas.CardCharged", headers: $$"""{"NServiceBus.SagaId":"{{order}}"}""");
        }

        await bench.Engine.SettleAsync();

        Assert.Equal(new LedgerRow(SagaBench.Endpoint, 7, 6, 0, 1, 0, 0), await bench.LedgerAsync(SagaBench.Endpoint));
    }

    [Fact]
    public async Task Should_understand_the_types_of_an_NServiceBus_endpoint()
    {
        await using var bench = await SagaBench.StartAsync();
        var json = """{"OrderId":"4711","Number":7}""";

        await bench.PostJsonAsync(json, "Tests.Sagas.INote, Tests, Version=1.0.0.0, Culture=neutral, PublicKeyToken=null;Tests.Sagas.NoteOrder, Tests, Version=1.0.0.0");
        await bench.Engine.SettleAsync();

        Assert.Equal([7], (await bench.DataAsync())!.Notes);
    }

    [Fact]
    public async Task Should_read_again_when_its_data_was_written_meanwhile()
    {
        await using var bench = await SagaBench.StartAsync();
        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 1 });
        var other = 0;
        bench.Engine.Store.BeforeCommit = group =>
        {
            if (group.Any(o => o is WriteStateOperation { Kind: "saga:sagas.orders" }) && Interlocked.Exchange(ref other, 1) == 0)
            {
                // Another node has the same instance, against all that lanes are for.
                var body = System.Text.Encoding.UTF8.GetBytes("""{"orderId":"4711","notes":[1,99]}""");
                bench.Engine.Store.CommitAsync([new WriteStateOperation("saga:sagas.orders", "4711", 1, body, bench.Engine.Clock.GetUtcNow())], default).AsTask().GetAwaiter().GetResult();
            }
        };

        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 2 });

        Assert.Equal([1, 99, 2], (await bench.DataAsync())!.Notes);
    }

    [Fact]
    public async Task Should_let_its_own_messages_in_although_the_hub_has_no_room_for_others()
    {
        await using var bench = SagaBench.Create(register: m => m.Endpoint("work.cards").Handler<ChargeHandler>());
        bench.Engine.Hub("ingress: { in_flight: 1 }").Messaging("work", "endpoints: { cards: {} }", _ => { });
        bench.Script.OnPlace = async (_, message, context) =>
        {
            for (var i = 0; i < 5; i++) await context.Send("work.cards", new ChargeCard { OrderId = message.OrderId, Amount = i });
        };
        await bench.Engine.StartAsync();

        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        Assert.Equal(5, (await bench.LedgerAsync("work.cards")).Delivered);
    }

    [Fact]
    public async Task Should_not_be_run_once_more_to_be_explained()
    {
        var runs = 0;
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (_, _, _) => Task.FromResult(runs++);
        var result = await bench.PostAsync(new PlaceOrder { OrderId = "4711" });
        await bench.Engine.SettleAsync();

        await new HubOperations(bench.Engine.Engine).OriginsAsync(result.Messages[0].Id, CancellationToken.None);

        Assert.Equal(1, runs);
    }

    private sealed class ChargeHandler : IHandleMessages<ChargeCard>
    {
        public Task Handle(ChargeCard message, IMessageHandlerContext context) =>
            context.Reply(new CardCharged { Receipt = System.FormattableString.Invariant($"receipt for {message.Amount}") });
    }
}
