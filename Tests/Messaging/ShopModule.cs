using Hub.Core.Messaging;
using Hub.Core.Sagas;

namespace Tests.Messaging;

/// <summary>A module as an extension brings it. This assembly is an extension in other tests too, whose threads have not asked for it.</summary>
public sealed class ShopModule : IMessagingModule
{
    public static LocalDataStoreSlot Wanted => Thread.GetNamedDataSlot("Tests.Messaging.ShopModule");

    public void Register(MessagingCatalog messaging)
    {
        if (Thread.GetData(Wanted) is not string what) return;
        if (what == "broken") throw new InvalidOperationException("the module is broken");
        messaging.Endpoint("shop.orders").Saga<ShopSaga>();
        messaging.RouteToEndpoint<Ship>("oa.approvals");
    }
}

public sealed class ShopSaga : Saga<ShopData>, IAmStartedByMessages<Order>
{
    public Task Handle(Order message, IMessageHandlerContext context) => context.Send(new Ship { Title = $"ship {message.No}" });

    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<ShopData> mapper) => mapper.MapSaga(saga => saga.No).ToMessage<Order>(message => message.No);
}

public sealed class ShopData : ContainSagaData
{
    public string? No { get; set; }
}

public sealed class Order
{
    public string? No { get; set; }
}

public sealed class Ship
{
    public string? Title { get; set; }
}
