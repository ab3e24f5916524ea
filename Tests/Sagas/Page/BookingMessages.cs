namespace Tests.Sagas.Page;

public abstract class OfATrip
{
    public string? TripId { get; set; }
}

public sealed class BookTrip : OfATrip;

public sealed class BookFlight : OfATrip;

public sealed class CancelFlight : OfATrip;

public sealed class FlightBooked : OfATrip;

public sealed class BookHotel : OfATrip;

public sealed class AskForHotel : OfATrip;

public sealed class HotelBooked : OfATrip;

public sealed class HotelFull : OfATrip;

public sealed class TripBooked : OfATrip;

public sealed class HotelIsLate;
