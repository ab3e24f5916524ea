using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Journal;

public abstract partial class JournalStoreConformance
{
    [ConformanceFact]
    public async Task Count_OfMessagesThatWereNeverRows_MovesTheLedgerAlone()
    {
        await CommitAsync(new CountOperation(Pipeline, 90, 10), new CountOperation(Other, 1, 0), new CountOperation(Pipeline, 5, 0));
        await ReopenAsync();

        Assert.Equal(new LedgerRow(Pipeline, 105, 95, 10, 0, 0, 0), await LedgerAsync());
        Assert.Equal(new LedgerRow(Other, 1, 1, 0, 0, 0, 0), await LedgerAsync(Other));
        Assert.Empty(await Store.QueryAsync(new MessageQuery(), default));
    }

    [ConformanceFact]
    public async Task Count_BesideRows_AddsToTheirs()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals)));

        await CommitAsync(new CountOperation(Pipeline, 3, 1), Settle(message));

        Assert.Equal(new LedgerRow(Pipeline, 5, 4, 1, 0, 0, 0), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Count_InAGroupThatFails_IsNotCounted()
    {
        await Assert.ThrowsAsync<JournalException>(() => CommitAsync(new CountOperation(Pipeline, 3, 1), new AcceptOperation(Message(), Sends())));

        Assert.Equal(0, (await LedgerAsync()).Received);
    }

    [ConformanceTheory]
    [InlineData("k", null, null)]
    [InlineData(null, "c", null)]
    [InlineData("k", "c", null)]
    [InlineData(null, null, """{"NServiceBus.ReplyToAddress":"sagas.orders"}""")]
    public async Task Accept_AttributesOfABrokersMessageAndOfALargePayload_AreKept(string? deliveryKey, string? claim, string? headers)
    {
        var attributes = new MessageAttributes { EventId = "1", DeliveryKey = deliveryKey, Claim = claim, Headers = headers };
        var message = await AcceptAsync(Message() with { Attributes = attributes }, null);

        AssertSame(message, (await ViewAsync(message)).Message);
    }
}
