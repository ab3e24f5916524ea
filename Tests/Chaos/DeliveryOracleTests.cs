using Hub.Host.Chaos;
using Tests.Support;

namespace Tests.Chaos;

/// <summary>An oracle that sees nothing proves nothing: each thing it is there for is fed to it.</summary>
public sealed class DeliveryOracleTests
{
    private readonly FakeClock _clock = new();
    private readonly DeliveryOracle _oracle;
    private readonly ChaosLane _lane;

    public DeliveryOracleTests()
    {
        _oracle = new DeliveryOracle(_clock, ["http"], 2);
        _lane = _oracle.Lanes.Single(lane => lane.Key == "http-01");
    }

    [Fact]
    public void Arrivals_AllOnceAndInOrder_AreFine()
    {
        Accept(3);
        Arrive(1, 2, 3);

        Assert.Equal((3, 3, 0, 0, 0, 0, 0), Judged());
    }

    [Theory]
    [InlineData(new[] { 1, 2 }, 1)]
    [InlineData(new[] { 2, 3 }, 1)]
    [InlineData(new[] { 1, 3 }, 1)]
    [InlineData(new int[0], 3)]
    public void Message_ThatNeverArrives_IsMissing(int[] arrivals, int missing)
    {
        Accept(3);
        Arrive(arrivals);

        Assert.Equal(missing, _oracle.Count().Missing);
        Assert.Equal(missing, DeliveryOracle.Missing(_oracle.Snapshot()));
    }

    [Fact]
    public void Message_OfALaneThatIsSilent_IsMissing()
    {
        _oracle.Accepted(_oracle.Lanes.Single(lane => lane.Key == "http-02"), 1);
        Accept(1);
        Arrive(1);

        Assert.Equal(1, _oracle.Count().Missing);
    }

    [Fact]
    public void Message_AfterALaterOneOfItsKey_IsOutOfOrder()
    {
        Accept(4);
        Arrive(1, 3, 2, 4);

        Assert.Equal((4, 4, 0, 0, 0, 0, 1), Judged());
    }

    [Fact]
    public void Repeats_OfAnotherKey_AreNoDisorder()
    {
        _oracle.Arrived("http-02", 1, "a");
        Accept(2);
        Arrive(1, 2);

        Assert.Equal(0, _oracle.Count().OutOfOrder);
    }

    [Fact]
    public void Repeat_OfWhatArrivedJustBeforeAFault_IsADuplicateWithinTheBound()
    {
        Accept(1);
        Arrive(1);
        _clock.Advance(FaultWindows.Before);
        Strike();
        _clock.Advance(TimeSpan.FromSeconds(30));
        Arrive(1);

        Assert.Equal((1, 1, 0, 1, 0, 0, 0), Judged());
    }

    [Fact]
    public void Repeat_OfWhatTheDeadProcessHadSent_IsADuplicateWithinTheBound()
    {
        Accept(1);
        Strike();
        _clock.Advance(FaultWindows.After);
        Arrive(1, 1);

        Assert.Equal((1, 1, 0, 1, 0, 0, 0), Judged());
    }

    [Fact]
    public void Repeat_WhileAFaultLasts_IsADuplicateWithinTheBound()
    {
        Accept(1);
        _oracle.Faults.Begin(_oracle.Now);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Arrive(1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Arrive(1);
        _oracle.Faults.End(_oracle.Now);

        Assert.Equal((1, 1, 0, 1, 0, 0, 0), Judged());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Repeat_OfWhatWasLongSettled_IsBeyondTheBound(bool struck)
    {
        Accept(1);
        Arrive(1);
        _clock.Advance(FaultWindows.Before + TimeSpan.FromMilliseconds(1));
        if (struck) Strike();
        Arrive(1);

        Assert.Equal((1, 1, 0, 1, 1, 0, 0), Judged());
    }

    [Fact]
    public void Repeat_UnderAnotherIdempotencyKey_IsTakenTwiceByAnIdempotentTarget()
    {
        Accept(1);
        _oracle.Arrived(_lane.Key, 1, "A-1");
        Strike();
        _oracle.Arrived(_lane.Key, 1, "B-1");

        Assert.Equal((1, 1, 0, 1, 0, 1, 0), Judged());
    }

    [Fact]
    public void Arrival_ThatNobodySent_IsRefused()
    {
        Assert.False(_oracle.Arrived("other", 1, "A-1"));
        Assert.False(_oracle.Arrived(_lane.Key, 0, "A-1"));
    }

    [Fact]
    public void Count_CountsWhatMayNotBeSettled()
    {
        Accept(4);
        Arrive(1);
        _clock.Advance(FaultWindows.Before + TimeSpan.FromMilliseconds(1));
        Arrive(2, 3);

        Assert.Equal((1, 2), (_oracle.Count().Missing, _oracle.Count().Unsettled));
    }

    [Fact]
    public async Task Waits_EndWhenTheLastHasArrived()
    {
        Accept(2);
        var snapshot = _oracle.Snapshot();
        var arrival = DeliveryOracle.ArrivalAsync(snapshot, CancellationToken.None);
        var room = _lane.WaitForRoomAsync(1, CancellationToken.None);
        Arrive(2);
        Assert.False(arrival.IsCompleted || room.IsCompleted);

        Arrive(1);

        await arrival.WaitAsync(TimeSpan.FromSeconds(10));
        await room.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private void Accept(int upTo)
    {
        for (var number = 1; number <= upTo; number++) _oracle.Accepted(_lane, number);
    }

    private void Arrive(params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers) Assert.True(_oracle.Arrived(_lane.Key, number, $"{number}-1"));
    }

    private void Strike()
    {
        _oracle.Faults.Begin(_oracle.Now);
        _oracle.Faults.End(_oracle.Now);
    }

    private (long Accepted, long Delivered, long Missing, long Duplicated, long Beyond, long Idempotent, long OutOfOrder) Judged()
    {
        var count = _oracle.Count();
        return (count.Accepted, count.Delivered, count.Missing, count.Duplicated, count.DuplicatedBeyond, count.DuplicatedIdempotent, count.OutOfOrder);
    }
}
