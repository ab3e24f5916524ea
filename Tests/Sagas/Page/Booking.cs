using Hub.Core.Messaging;
using Hub.Core.Sagas;

namespace Tests.Sagas.Page;

public sealed class BookingSaga : Saga<BookingData>,
    IAmStartedByMessages<BookTrip>, IHandleMessages<FlightBooked>, IHandleMessages<HotelBooked>, IHandleMessages<HotelFull>, IHandleTimeouts<HotelIsLate>
{
    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<BookingData> mapper) =>
        mapper.MapSaga(saga => saga.TripId).ToMessage<BookTrip>(message => message.TripId);

    public Task Handle(BookTrip message, IMessageHandlerContext context)
    {
        Data.FlightMayBeBooked = true;                            // before the step: from here on there may be something to undo
        return context.Send(new BookFlight { TripId = message.TripId });
    }

    public async Task Handle(FlightBooked message, IMessageHandlerContext context)
    {
        await context.Send(new BookHotel { TripId = Data.TripId });
        await RequestTimeout<HotelIsLate>(context, TimeSpan.FromHours(1));
    }

    public async Task Handle(HotelBooked message, IMessageHandlerContext context)
    {
        await context.Publish(new TripBooked { TripId = Data.TripId });
        MarkAsComplete();
    }

    public async Task Handle(HotelFull message, IMessageHandlerContext context)   // a no is an answer: undo
    {
        if (Data.FlightMayBeBooked) await context.Send(new CancelFlight { TripId = Data.TripId });
        MarkAsComplete();
    }

    public Task Timeout(HotelIsLate state, IMessageHandlerContext context) =>      // no answer is not a no: ask, do not undo
        context.Send(new AskForHotel { TripId = Data.TripId });
}

public sealed class BookingData : ContainSagaData
{
    public string? TripId { get; set; }

    public bool FlightMayBeBooked { get; set; }
}

internal sealed class BookingModule : IMessagingModule
{
    public void Register(MessagingCatalog messaging)
    {
        messaging.Endpoint("sagas.booking").Saga<BookingSaga>();
        messaging.RouteToEndpoint<BookFlight>("airline.bookings").RouteToEndpoint<CancelFlight>("airline.cancellations");
        messaging.RouteToEndpoint<BookHotel>("hotel.bookings").RouteToEndpoint<AskForHotel>("hotel.questions");
        messaging.PublishTo<TripBooked>("crm.trips");
    }
}
