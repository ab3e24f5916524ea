using System.Text;
using System.Text.Json;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Tests.Architecture;
using Tests.Runtime;

namespace Tests.Sagas.Page;

/// <summary>The saga of docs/how-to/write-a-saga.md is this one, and does what the page says.</summary>
public sealed class WriteASagaPageTests
{
    [Fact]
    public void Page_ShowsTheCodeThatIsTested()
    {
        var page = File.ReadAllText(Repository.Path("docs", "how-to", "write-a-saga.md")).ReplaceLineEndings("\n");
        var code = File.ReadAllText(Repository.Path("Tests", "Sagas", "Page", "Booking.cs")).ReplaceLineEndings("\n").Replace("internal sealed class", "public sealed class", StringComparison.Ordinal);
        var blocks = page.Split("```csharp\n").Skip(1).Select(block => block.Split("```")[0].Trim()).Where(block => block.StartsWith("public sealed class Booking", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, blocks.Count);
        Assert.All(blocks, block => Assert.Contains(block, code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Saga_WithoutAnAnswer_AsksAndUndoesNothing_AndUndoesWhenTheAnswerIsNo()
    {
        await using var bench = await StartAsync();
        await PostAsync(bench, new BookTrip { TripId = "T1" });
        await PostAsync(bench, new FlightBooked(), "T1");
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.QuietAsync();
        Assert.Equal(["airline.bookings", "hotel.bookings", "hotel.questions"], bench.Connector.Confirmed.Select(s => s.Endpoint));

        await PostAsync(bench, new HotelFull(), "T1");

        Assert.Equal("airline.cancellations", bench.Connector.Confirmed[^1].Endpoint);
        Assert.Null(await bench.Store.FindStateAsync("saga:sagas.booking", "T1", default));
    }

    [Fact]
    public async Task Saga_ThatGoesWell_TellsItAndEnds()
    {
        await using var bench = await StartAsync();
        await PostAsync(bench, new BookTrip { TripId = "T1" });
        await PostAsync(bench, new FlightBooked(), "T1");
        await PostAsync(bench, new HotelBooked(), "T1");
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.QuietAsync();

        Assert.Equal(["airline.bookings", "hotel.bookings", "crm.trips"], bench.Connector.Confirmed.Select(s => s.Endpoint));
    }

    private static async Task<EngineBench> StartAsync()
    {
        var bench = new EngineBench()
            .System("airline", "endpoints: { bookings: {}, cancellations: {} }").System("hotel", "endpoints: { bookings: {}, questions: {} }").System("crm", "endpoints: { trips: {} }")
            .Messaging("sagas", "endpoints: { booking: { type: Tests.Sagas.Page.BookTrip } }", new BookingModule().Register);
        return await bench.StartAsync();
    }

    private static async Task PostAsync(EngineBench bench, object message, string? saga = null)
    {
        var headers = saga is null ? null : $$"""{"NServiceBus.SagaId":"{{saga}}"}""";
        var payload = new IncomingPayload
        {
            Body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message, message.GetType(), bench.Catalog.Json)),
            Attributes = new MessageAttributes { Type = message.GetType().FullName, Headers = headers },
        };
        await bench.Engine.Ingress.AcceptAsync(new EndpointName("sagas", "booking"), payload, CancellationToken.None);
        await bench.SettleAsync();
    }
}
