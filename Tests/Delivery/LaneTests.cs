using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Journal;

namespace Tests.Delivery;

public sealed class LaneTests
{
    private readonly Lane _lane = new("p", "k");

    [Fact]
    public void Insert_OutOfOrder_KeepsTheOrderOfTheIds()
    {
        foreach (var id in (int[])[2, 5, 3, 1, 4]) _lane.Insert(Message(id));

        Assert.Equal([1L, 2L, 3L, 4L, 5L], Ids());
    }

    [Fact]
    public void Insert_SmallerThanTheCurrent_StandsBehindIt()
    {
        var current = Message(3);
        _lane.Insert(current);
        _lane.Insert(Message(4));
        _lane.Current = current;
        _lane.Insert(Message(1));

        Assert.Equal([3L, 1L, 4L], Ids());
    }

    [Fact]
    public void Remove_Current_MakesTheNextTheFirst()
    {
        var current = Message(1);
        _lane.Insert(current);
        _lane.Insert(Message(2));
        _lane.Current = current;
        _lane.Remove(current);

        Assert.Null(_lane.Current);
        Assert.Equal(2, _lane.Next()!.Id.Value);
    }

    [Fact]
    public void Held_LetsOnlyTheMessageGoOnThatItIsHeldFor()
    {
        _lane.Hold(new DeliveryId(new MessageId(7), 1));
        _lane.Insert(Message(5));
        Assert.Null(_lane.Next());

        _lane.Insert(Message(7));
        Assert.Equal(7, _lane.Next()!.Id.Value);
    }

    [Fact]
    public void Released_IsEmptyOnlyWithoutMessages()
    {
        var hold = new DeliveryId(new MessageId(7), 0);
        _lane.Hold(hold);
        Assert.False(_lane.IsEmpty);

        Assert.True(_lane.Release(hold));
        Assert.True(_lane.IsEmpty);
    }

    private static ActiveMessage Message(long id) => new(
        null!,
        new MessageRecord
        {
            Id = new MessageId(id), Pipeline = "p", Endpoint = new EndpointName("a", "b"), Key = "k", Body = default, Revision = "r", ReceivedAt = default,
        },
        null);

    private List<long> Ids()
    {
        var ids = new List<long>();
        for (var message = _lane.First; message is not null; message = message.BehindInLane) ids.Add(message.Id.Value);
        return ids;
    }
}
