using System.Security.Cryptography;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Journal;

public abstract partial class JournalStoreConformance
{
    [ConformanceFact]
    public async Task Open_EmptyStore_HasSeenNoMessage() => Assert.Equal(MessageId.None, await ReopenAsync());

    [ConformanceFact]
    public async Task Open_AfterMessages_ReturnsTheHighestId()
    {
        await AcceptAsync(Message(), null);
        var last = await AcceptAsync(Message(), Filtered());

        Assert.Equal(last.Id, await ReopenAsync());
    }

    [ConformanceFact]
    public async Task Accept_WithoutOutcome_IsOpenAndInFlight()
    {
        var message = await AcceptAsync(Message(), null);

        var view = await ViewAsync(message);
        Assert.Equal(MessageState.Open, view.State);
        Assert.Null(view.Outcome);
        Assert.Empty(view.Deliveries);
        Assert.Equal(new LedgerRow(Pipeline, 1, 0, 0, 0, 0, 1), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Accept_AllFields_AreKeptExactly()
    {
        var attributes = new MessageAttributes
        {
            EventId = "e-1", Source = "urn:erp", Type = "order.created", Subject = "订单", Time = "2024-03-04T10:00:00+01:00", TraceParent = "00-ab-cd-01", Origin = "orders.csv:3:1",
        };
        var message = Message("客户-4711", "去重-1") with
        {
            Attributes = attributes, Original = new byte[] { 0, 255, 0xC4, 0xE3, 13, 10 }, Revision = "r-accept", ReceivedAt = Clock.GetUtcNow().AddTicks(1234567),
        };
        var outcome = Sends(To(Deals, "{}", 1) with { NotBefore = Clock.GetUtcNow().AddMinutes(5) }, To(Approvals)) with { Revision = "r-run", Findings = [Problem()] };
        await AcceptAsync(message, outcome);

        var view = await ViewAsync(message);

        AssertSame(message, view.Message);
        Assert.Equal("r-run", view.Outcome!.Revision);
        Assert.Equal(outcome.Steps, view.Outcome.Steps);
        AssertSame(Problem(), Assert.Single(view.Outcome.Findings));
        Assert.Equal(2, view.Deliveries.Count);
        for (var i = 0; i < 2; i++)
        {
            AssertSame(outcome.Deliveries[i], view.Deliveries[i].Record);
            AssertSame(outcome.Deliveries[i], view.Outcome.Deliveries[i]);
            Assert.Equal(new DeliveryId(message.Id, i), view.Deliveries[i].Id);
        }

        Assert.Equal(outcome.Deliveries[0].NotBefore, view.Deliveries[0].Due);
    }

    [ConformanceFact]
    public async Task Accept_PartOfTheAttributes_LeavesTheOthersNull()
    {
        var message = await AcceptAsync(Message() with { Attributes = new MessageAttributes { Type = "", Time = "x" } }, null);

        Assert.Equal(message.Attributes, (await ViewAsync(message)).Message.Attributes);
    }

    [ConformanceTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(10 * 1024 * 1024)]
    public async Task Accept_BinaryBodyOfAnySize_IsKeptExactly(int size)
    {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++) bytes[i] = (byte)((i * 31) ^ (i >> 8));
        var message = await AcceptAsync(Message(body: bytes), Sends(new DeliveryRecord(Deals, 0, bytes)));

        await ReopenAsync();

        var view = await ViewAsync(message);
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(view.Message.Body.Span));
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(view.Deliveries[0].Record.Body!.Value.Span));
    }

    [ConformanceFact]
    public async Task Accept_DeliveryWithTheMessagesOwnBody_StaysApartFromAnEmptyBody()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals, "")));

        var view = await ViewAsync(message);

        Assert.Null(view.Deliveries[0].Record.Body);
        Assert.Equal(0, view.Deliveries[1].Record.Body!.Value.Length);
    }

    [ConformanceFact]
    public async Task Accept_SameDedupeKey_IsADuplicateOfTheFirst()
    {
        var first = await AcceptAsync(Message(dedupe: "4711"), Sends(To(Deals)));
        var again = Message(dedupe: "4711");
        var operation = new AcceptOperation(again, Sends(To(Deals)));
        Clock.Advance(TimeSpan.FromMinutes(1));
        await CommitAsync(operation);

        Assert.Equal(first.Id, operation.DuplicateOf);
        Assert.Null(await Store.FindAsync(again.Id, default));
        Assert.Equal([again.ReceivedAt], (await ViewAsync(first)).Duplicates);
        Assert.Equal(new LedgerRow(Pipeline, 2, 0, 0, 1, 0, 1), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Accept_SameDedupeKeyTwiceInOneGroup_TheSecondIsTheDuplicate()
    {
        AcceptOperation first = new(Message(dedupe: "x"), null), second = new(Message(dedupe: "x"), null);

        await CommitAsync(first, second);

        Assert.Equal(MessageId.None, first.DuplicateOf);
        Assert.Equal(first.Message.Id, second.DuplicateOf);
    }

    [ConformanceFact]
    public async Task Accept_SameDedupeKeyInTwoPipelines_AreTwoMessages()
    {
        await AcceptAsync(Message(dedupe: "x"), null);
        var operation = new AcceptOperation(Message(dedupe: "x", pipeline: Other), null);
        await CommitAsync(operation);

        Assert.Equal(MessageId.None, operation.DuplicateOf);
        Assert.Equal(1, (await LedgerAsync(Other)).InFlight);
    }

    [ConformanceFact]
    public async Task Accept_NullDedupeKey_IsNeverADuplicate()
    {
        AcceptOperation first = new(Message("same"), null), second = new(Message("same"), null);

        await CommitAsync(first, second);

        Assert.Equal(MessageId.None, second.DuplicateOf);
        Assert.Equal(2, (await LedgerAsync()).InFlight);
    }

    [ConformanceTheory]
    [InlineData("订单-4711", "订单-4712")]
    [InlineData("", " ")]
    [InlineData("a\0b", "a\0c")]
    [InlineData("A", "a")]
    public async Task Accept_KeysThatDiffer_AreNotDuplicates(string one, string two)
    {
        AcceptOperation first = new(Message(one, one), null), second = new(Message(two, two), null), third = new(Message(one, one), null);

        await CommitAsync(first, second, third);

        Assert.Equal(MessageId.None, second.DuplicateOf);
        Assert.Equal(first.Message.Id, third.DuplicateOf);
        Assert.Equal(two, (await ViewAsync(second.Message)).Message.Key);
    }

    [ConformanceFact]
    public async Task Accept_LongKeysThatDifferAtTheirEnd_AreNotDuplicates()
    {
        var start = new string('键', 5000);
        AcceptOperation first = new(Message(dedupe: start + "1"), null), second = new(Message(dedupe: start + "2"), null), again = new(Message(dedupe: start + "1"), null);

        await CommitAsync(first, second, again);

        Assert.Equal(MessageId.None, second.DuplicateOf);
        Assert.Equal(first.Message.Id, again.DuplicateOf);
    }

    [ConformanceFact]
    public async Task Accept_DuplicateAfterRestart_IsStillFound()
    {
        var first = await AcceptAsync(Message(dedupe: "x"), Filtered());
        await ReopenAsync();
        var operation = new AcceptOperation(Message(dedupe: "x"), null);

        await CommitAsync(operation);

        Assert.Equal(first.Id, operation.DuplicateOf);
    }

    [ConformanceFact]
    public async Task Accept_FilteredAndDeadOutcomes_CloseAtOnce()
    {
        var filtered = await AcceptAsync(Message(), Filtered());
        var dead = await AcceptAsync(Message(), Failed());

        Assert.Equal(MessageState.Filtered, (await ViewAsync(filtered)).State);
        var view = await ViewAsync(dead);
        Assert.Equal(MessageState.Dead, view.State);
        AssertSame(Problem(), Assert.Single(view.Outcome!.Findings));
        Assert.Equal(new LedgerRow(Pipeline, 2, 0, 1, 0, 1, 0), await LedgerAsync());
    }

    [ConformanceFact]
    public async Task Accept_OpenOutcomeWithoutDeliveries_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<JournalException>(() => AcceptAsync(Message(), Sends()));

        Assert.True(exception.IsRefusal);
        Assert.Empty(await Store.ReadLedgerAsync(default));
    }
}
