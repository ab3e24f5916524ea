using Hub.Abstractions;
using Hub.Core.Journal;
using Hub.Core.Messaging;
using Hub.Core.Operations;
using Hub.Core.Sagas;
using Mappings.Diagnostics;

namespace Tests.Sagas;

public sealed class When_a_handler_fails
{
    [Fact]
    public async Task Should_be_called_again_as_its_system_says_and_then_be_dead_with_the_reason()
    {
        await using var bench = await SagaBench.StartAsync("retry: { immediate: 1, delayed: [ 10s ], jitter: 0% }");
        var calls = new List<DateTimeOffset>();
        bench.Script.OnPlace = async (_, message, context) =>
        {
            await context.Send(new ChargeCard { OrderId = message.OrderId });
            calls.Add(bench.Engine.Clock.GetUtcNow());
            throw new InvalidOperationException("the price list is empty");
        };

        var explained = await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        Assert.Equal([0, 0, 10], calls.Select(c => (int)(c - calls[0]).TotalSeconds));
        Assert.Equal(MessageState.Dead, explained.State);
        var finding = Assert.Single(explained.Findings);
        Assert.Equal("SAG856", finding.Code);
        Assert.Contains("OrderSaga threw InvalidOperationException: the price list is empty", finding.Text, StringComparison.Ordinal);

        // Nothing of what it did has happened.
        Assert.Empty(bench.Charges);
        Assert.Null(await bench.DataAsync());
        Assert.Equal([new LedgerRow(SagaBench.Endpoint, 1, 0, 0, 0, 1, 0)], await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_be_whole_when_it_succeeds_at_last()
    {
        await using var bench = await SagaBench.StartAsync("retry: { immediate: 2, delayed: [] }");
        var calls = 0;
        bench.Script.OnNote = async (_, note, context) =>
        {
            await context.Send(new ChargeCard { OrderId = note.OrderId });
            if (++calls < 3) throw new TimeoutException("not yet");
        };

        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 1 });

        Assert.Equal([1], (await bench.DataAsync())!.Notes);
        Assert.Single(bench.Charges);
    }

    [Fact]
    public async Task Should_keep_its_lane_and_no_other()
    {
        await using var bench = await SagaBench.StartAsync("retry: { immediate: 0, delayed: [ 10s ], jitter: 0% }");
        var bad = true;
        bench.Script.OnNote = (_, note, _) => note is { OrderId: "A", Number: 1 } && bad ? throw new TimeoutException("away") : Task.CompletedTask;

        await bench.PostAsync(new NoteOrder { OrderId = "A", Number = 1 });
        await bench.PostAsync(new NoteOrder { OrderId = "A", Number = 2 });
        await bench.PostAsync(new NoteOrder { OrderId = "B", Number = 1 });
        await bench.Engine.QuietAsync();
        Assert.Null(await bench.DataAsync("A"));
        Assert.NotNull(await bench.DataAsync("B"));
        bad = false;
        await bench.Engine.SettleAsync();

        Assert.Equal([1, 2], (await bench.DataAsync("A"))!.Notes);
    }

    [Fact]
    public async Task For_good_Should_be_dead_at_once_with_its_own_finding()
    {
        await using var bench = await SagaBench.StartAsync("retry: { immediate: 5, delayed: [ 10s ] }");
        var calls = 0;
        bench.Script.OnPlace = (_, _, _) =>
        {
            calls++;
            throw new PermanentException(Finding.Error("DLV601", SourcePosition.None, string.Empty, ("type", "Refused"), ("message", "no such customer")));
        };

        var explained = await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        Assert.Equal((1, MessageState.Dead, "DLV601"), (calls, explained.State, explained.Findings[0].Code));
    }

    [Fact]
    public async Task And_is_mended_Should_go_on_by_a_replay()
    {
        await using var bench = await SagaBench.StartAsync();
        var bad = true;
        bench.Script.OnNote = (_, _, _) => bad ? throw new TimeoutException("away") : Task.CompletedTask;
        var dead = await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 1 });
        bad = false;

        await new HubOperations(bench.Engine.Engine).ReplayAsync(new ReplayRequest { Ids = [dead.Id], Reason = "mended" }, CancellationToken.None);
        await bench.Engine.SettleAsync();

        Assert.Equal([1], (await bench.DataAsync())!.Notes);
        Assert.Equal(new LedgerRow(SagaBench.Endpoint, 1, 1, 0, 0, 0, 0), await bench.LedgerAsync(SagaBench.Endpoint));
    }

    [Fact]
    public async Task While_the_hub_stops_Should_be_worked_on_again_after_the_start()
    {
        await using var bench = await SagaBench.StartAsync();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Script.OnNote = async (_, _, context) =>
        {
            began.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
        };
        await bench.PostAsync(new NoteOrder { OrderId = "4711", Number = 1 });
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await bench.Engine.StopAsync();
        bench.Script.OnNote = (_, _, _) => Task.CompletedTask;
        await bench.Engine.StartAsync();
        await bench.Engine.SettleAsync();

        Assert.Equal([1], (await bench.DataAsync())!.Notes);
    }

    [Theory]
    [InlineData("Tests.Sagas.Unheard", """{"orderId":"4711"}""", "SAG851", "Tests.Sagas.PlaceOrder")]
    [InlineData(null, """{"orderId":"4711"}""", "SAG851", "(none)")]
    [InlineData("Tests.Sagas.PlaceOrder", """{"orderId":"4711","total":"much"}""", "SAG852", "line 1")]
    [InlineData("Tests.Sagas.PlaceOrder", "null", "SAG852", "null")]
    [InlineData("Tests.Sagas.NoteOrder", """{"orderId":"4711","number":-1}""", "SAG852", "a number below nothing")]
    [InlineData("Tests.Sagas.PlaceOrder", """{"total":1}""", "SAG857", "it is empty")]
    [InlineData("Tests.Sagas.PlaceOrder", """{"orderId":" "}""", "SAG857", "it is empty")]
    [InlineData("Tests.Sagas.CardCharged", """{"receipt":"r"}""", "SAG857", "maps no property")]
    [InlineData("Tests.Sagas.CancelOrder", """{"orderId":"4711"}""", "SAG854", "4711")]
    public async Task Because_of_the_message_Should_be_dead_and_say_what_to_write(string? type, string json, string code, string says)
    {
        await using var bench = await SagaBench.StartAsync();

        var result = await bench.PostJsonAsync(json, type);
        await bench.Engine.SettleAsync();

        var explained = await bench.ExplainAsync(result);
        Assert.Equal((MessageState.Dead, code), (explained.State, explained.Findings[0].Code));
        Assert.Contains(says, explained.Findings[0].Text + explained.Findings[0].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_key_too_long_for_a_document_Should_be_dead_and_not_stop_the_others()
    {
        await using var bench = await SagaBench.StartAsync();

        var result = await bench.PostAsync(new PlaceOrder { OrderId = new string('单', 400) });
        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 1 });

        Assert.Equal("SAG857", (await bench.ExplainAsync(result)).Findings[0].Code);
        Assert.NotNull(await bench.DataAsync());
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("erp.unknown")]
    public async Task To_say_where_to_send_Should_be_dead_and_say_so(string destination)
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (_, _, context) => destination == "nowhere" ? context.Send(new CardCharged()) : context.Send(destination, new CardCharged());

        // CardCharged is handled by the saga itself, so that it has a destination; a type nobody handles has none.
        if (destination == "nowhere") bench.Script.OnPlace = (_, _, context) => context.Send(new Unrouted());
        var explained = await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        Assert.Equal("SAG858", explained.Findings[0].Code);
        Assert.Null(await bench.DataAsync());
    }

    [Fact]
    public async Task Because_older_data_cannot_be_read_Should_be_dead_and_keep_the_data()
    {
        await using var bench = await SagaBench.StartAsync();
        await bench.Engine.Engine.Context.Journal.CommitAsync(new WriteStateOperation("saga:sagas.orders", "4711", 0, "[1,2]"u8.ToArray(), default));

        var explained = await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 1 });

        Assert.Equal("SAG853", explained.Findings[0].Code);
        Assert.Equal("[1,2]"u8.ToArray(), (await bench.Engine.Store.FindStateAsync("saga:sagas.orders", "4711", default))!.Body.ToArray());
    }

    [Fact]
    public async Task By_changing_what_it_is_found_by_Should_be_dead()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (saga, _, _) => Task.FromResult(saga.Data.OrderId = "4712");

        var explained = await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        Assert.Contains("OrderId was changed", explained.Findings[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_find_a_saga_that_means_nothing_Should_be_filtered_with_the_reason()
    {
        await using var bench = await SagaBench.StartAsync(saga: s => s.OnSagaNotFound(SagaNotFound.Filter));

        var explained = await bench.RunAsync(new CancelOrder { OrderId = "4711" });

        Assert.Equal((MessageState.Filtered, "SAG868"), (explained.State, explained.Findings[0].Code));
        Assert.Equal(1, (await bench.LedgerAsync(SagaBench.Endpoint)).Filtered);
    }

    [Fact]
    public async Task By_a_correlation_that_meets_nothing_Should_be_dead_and_not_the_senders_trouble()
    {
        await using var engine = await new Tests.Runtime.EngineBench()
            .Messaging("sagas", "endpoints: { customers: {} }", m => m.Endpoint("sagas.customers").Saga<CustomerSaga>()).StartAsync();

        var result = await engine.Engine.Ingress.AcceptAsync(
            new Hub.Abstractions.Messages.EndpointName("sagas", "customers"),
            new Hub.Abstractions.Ingress.IncomingPayload { Body = """{"number":1}"""u8.ToArray(), Attributes = new Hub.Abstractions.Messages.MessageAttributes { Type = typeof(NoteOrder).FullName } },
            CancellationToken.None);

        var view = await engine.FindAsync(Assert.Single(result.Messages).Id);
        Assert.Equal((MessageState.Dead, "SAG857"), (view.State, view.Outcome!.Findings[0].Code));
        Assert.Contains("NullReferenceException", view.Outcome.Findings[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_it_is_made_Should_be_tried_again_like_any_failure()
    {
        var made = 2;
        await using var engine = new Tests.Runtime.EngineBench().Messaging(
            "sagas", "retry: { immediate: 2, delayed: [] }\nendpoints: { orders: {} }",
            m => m.Endpoint("sagas.orders").Saga(() => ++made > 2 ? new OrderSaga(new OrderScript()) : throw new TimeoutException("the database of the handler is away")));
        await engine.StartAsync();
        made = 0;

        await engine.Engine.Ingress.AcceptAsync(
            new Hub.Abstractions.Messages.EndpointName("sagas", "orders"),
            new Hub.Abstractions.Ingress.IncomingPayload { Body = """{"orderId":"4711"}"""u8.ToArray(), Attributes = new Hub.Abstractions.Messages.MessageAttributes { Type = typeof(PlaceOrder).FullName } },
            CancellationToken.None);
        await engine.SettleAsync();

        Assert.Equal(3, made);
        Assert.NotNull(await engine.Store.FindStateAsync("saga:sagas.orders", "4711", default));
    }

    private sealed class CustomerSaga : Saga<OrderData>, IAmStartedByMessages<NoteOrder>
    {
        public Task Handle(NoteOrder message, IMessageHandlerContext context) => Task.CompletedTask;

        protected override void ConfigureHowToFindSaga(SagaPropertyMapper<OrderData> mapper) => mapper.MapSaga(s => s.OrderId).ToMessage<NoteOrder>(m => m.Customer!.Id);
    }

    private sealed class Unrouted : IMessage;
}
