using Hub.Core.Journal;
using Hub.Core.Messaging;
using Hub.Core.Sagas;
using Tests.Sagas;

namespace Tests.LossStories;

public sealed partial class NServiceBusStories
{
    /// <summary>A message for a saga that did not exist (yet, or any more) disappeared unless somebody had written a handler for that.</summary>
    [Fact]
    public async Task NServiceBus_docs_3094_A_message_for_a_missing_saga_is_a_dead_letter_that_can_be_replayed()
    {
        await using var bench = await SagaBench.StartAsync();
        var early = await bench.RunAsync(new CancelOrder { OrderId = "4711" });
        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        Assert.Equal((MessageState.Dead, "SAG854"), (early.State, early.Findings[0].Code));
        Assert.True(Hub.Abstractions.Messages.MessageId.TryParse(early.Id, out var id));
        Assert.True(await bench.Engine.Engine.ReplayAsync(id, "the order is there now"));
        await bench.Engine.SettleAsync();

        Assert.Null(await bench.DataAsync());
        Assert.Equal(new LedgerRow(SagaBench.Endpoint, 2, 2, 0, 0, 0, 0), await bench.LedgerAsync(SagaBench.Endpoint));
    }

    /// <summary>And the handler for that works in the same transaction as everything else.</summary>
    [Fact]
    public async Task NServiceBus_docs_3094_A_handler_for_missing_sagas_can_answer()
    {
        await using var bench = await SagaBench.StartAsync(saga: s => s.OnSagaNotFound<Apologize>());

        var result = await bench.PostAsync(new CancelOrder { OrderId = "4711" }, headers: """{"NServiceBus.ReplyToAddress":"pay.refunds"}""");
        await bench.Engine.SettleAsync();

        Assert.Equal(["""{"receipt":"CancelOrder"}"""], bench.Engine.Bodies("pay.refunds"));
        Assert.Equal("SAG868", (await bench.ExplainAsync(result)).Findings[0].Code);
    }

    /// <summary>"Handle this message later" together with the outbox acknowledged the message and never sent the copy.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NServiceBus_4993_Handling_later_with_the_outbox_loses_nothing(bool afterTheCommit)
    {
        await using var bench = await SagaBench.StartAsync();
        var ready = false;
        bench.Script.OnNote = (saga, note, context) =>
        {
            if (note.Number != 1 || ready) return Task.CompletedTask;
            saga.Data.Notes.Clear();
            return context.HandleCurrentMessageLater();
        };
        bench.Script.OnPlace = (_, _, _) => Task.FromResult(ready = true);
        void Die(IReadOnlyList<JournalOperation> group)
        {
            if (group.Any(o => o is AcceptOperation { Message.Pipeline: SagaBench.Outbox })) bench.Engine.Store.Crash();
        }

        if (afterTheCommit) bench.Engine.Store.AfterCommit = Die;
        else bench.Engine.Store.BeforeCommit = Die;
        await bench.PostAsync(new NoteOrder { OrderId = "4711", Number = 1 });
        await bench.Engine.Store.Crashed.WaitAsync(TimeSpan.FromSeconds(30));
        ready = true;
        await bench.Engine.CrashAndStartAsync();
        await bench.Engine.SettleAsync();

        Assert.Equal([1], (await bench.DataAsync())!.Notes);
    }

    /// <summary>An event with several subscribers was lost for some of them, because they shared one object while it was sent.</summary>
    [Fact]
    public async Task NServiceBus_6910_A_publish_to_several_subscribers_shares_no_state()
    {
        await using var bench = SagaBench.Create(register: m =>
        {
            m.Endpoint("work.mail").Handler<Spoil>();
            m.Endpoint("work.stock").Handler<Spoil>();
            m.PublishTo<OrderPlaced>("pay.charges").PublishTo<OrderPlaced>("pay.refunds");
        });
        bench.Engine.Messaging("work", "endpoints: { mail: {}, stock: {} }", _ => { });
        bench.Script.OnPlace = async (_, message, context) =>
        {
            var placed = new OrderPlaced { OrderId = message.OrderId, Lines = ["a"] };
            await context.Publish(placed);
            placed.Lines.Clear();
            placed.OrderId = "spoiled by whoever published it";
        };
        bench.Engine.Connector.FailFirst("pay.charges", 1, () => Tests.Runtime.EngineBench.Away());
        await bench.Engine.StartAsync();

        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        const string Body = """{"orderId":"4711","lines":["a"]}""";
        Assert.Equal([Body, Body], bench.Engine.Connector.Confirmed.Select(s => s.Body));
        Assert.Equal((1L, 1L), ((await bench.LedgerAsync("work.mail")).Delivered, (await bench.LedgerAsync("work.stock")).Delivered));
        Assert.Equal(4, (await bench.LedgerAsync(SagaBench.Outbox)).Delivered);
    }

    private sealed class Spoil : IHandleMessages<OrderPlaced>
    {
        public Task Handle(OrderPlaced message, IMessageHandlerContext context)
        {
            Assert.Equal(("4711", 1), (message.OrderId, message.Lines.Count));
            message.Lines.Clear();
            message.OrderId = null;
            return Task.CompletedTask;
        }
    }

    private sealed class Apologize : IHandleSagaNotFound
    {
        public Task Handle(object message, IMessageProcessingContext context) => context.Reply(new CardCharged { Receipt = message.GetType().Name });
    }
}
