using Hub.Core.Messaging;
using Hub.Core.Sagas;

namespace Tests.Sagas;

/// <summary>A saga whose handlers do what the test says.</summary>
public sealed class OrderSaga(OrderScript script)
    : Saga<OrderData>, IAmStartedByMessages<PlaceOrder>, IAmStartedByMessages<NoteOrder>, IHandleMessages<CancelOrder>, IHandleMessages<CardCharged>, IHandleTimeouts<PayLate>
{
    public Task Handle(PlaceOrder message, IMessageHandlerContext context)
    {
        Data.Total = message.Total;
        return script.OnPlace(this, message, context);
    }

    public Task Handle(NoteOrder message, IMessageHandlerContext context)
    {
        Data.Notes.Add(message.Number);
        return script.OnNote(this, message, context);
    }

    public Task Handle(CancelOrder message, IMessageHandlerContext context)
    {
        MarkAsComplete();
        return Task.CompletedTask;
    }

    public Task Handle(CardCharged message, IMessageHandlerContext context)
    {
        Data.Receipt = message.Receipt;
        return script.OnCharged(this, message, context);
    }

    public Task Timeout(PayLate state, IMessageHandlerContext context)
    {
        Data.Reminders++;
        return script.OnLate(this, state, context);
    }

    public void Complete() => MarkAsComplete();

    public Task After(IMessageHandlerContext context, TimeSpan within, string? note = null) => RequestTimeout(context, within, new PayLate { Note = note });

    public Task Answer(IMessageHandlerContext context, object message) => ReplyToOriginator(context, message);

    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<OrderData> mapper) => mapper.MapSaga(saga => saga.OrderId)
        .ToMessage<PlaceOrder>(message => message.OrderId)
        .ToMessage<NoteOrder>(message => message.OrderId)
        .ToMessage<CancelOrder>(message => message.OrderId);
}

public sealed class OrderData : ContainSagaData
{
    public string? OrderId { get; set; }

    public decimal Total { get; set; }

    public string? Receipt { get; set; }

    public int Reminders { get; set; }

    public List<int> Notes { get; set; } = [];
}

/// <summary>What the handlers do.</summary>
public sealed class OrderScript
{
    public Func<OrderSaga, PlaceOrder, IMessageHandlerContext, Task> OnPlace { get; set; } = static (_, _, _) => Task.CompletedTask;

    public Func<OrderSaga, NoteOrder, IMessageHandlerContext, Task> OnNote { get; set; } = static (_, _, _) => Task.CompletedTask;

    public Func<OrderSaga, CardCharged, IMessageHandlerContext, Task> OnCharged { get; set; } = static (_, _, _) => Task.CompletedTask;

    public Func<OrderSaga, PayLate, IMessageHandlerContext, Task> OnLate { get; set; } = static (_, _, _) => Task.CompletedTask;
}
