using Hub.Core.Schedules;

namespace Tests.Schedules;

public sealed class DueTimeTests
{
    private static readonly DateTimeOffset Midnight = new(2024, 3, 4, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CatchUp.Last, 0, 0.5, 1)]
    [InlineData(CatchUp.Last, 0, 1, 1)]
    [InlineData(CatchUp.Last, 0, 5.5, 5)]
    [InlineData(CatchUp.All, 0, 5.5, 1)]
    [InlineData(CatchUp.All, 4, 5.5, 5)]
    [InlineData(CatchUp.None, 0, 5.5, 6)]
    [InlineData(CatchUp.None, 5, 5.5, 6)]
    public void Next_OfAnHourlySchedule_WhenTheNodeHasJustStarted(CatchUp policy, double done, double now, double expected) =>
        Assert.Equal(Hour(expected), DueTime.Next(Hourly(policy), Hour(done), Hour(now), Hour(now)));

    [Theory]
    [InlineData(CatchUp.Last, 5)]
    [InlineData(CatchUp.All, 1)]
    [InlineData(CatchUp.None, 1)]
    public void Next_OfANodeThatWasThereAllTheTime_IsLateAndNotMissed(CatchUp policy, double expected) =>
        Assert.Equal(Hour(expected), DueTime.Next(Hourly(policy), Hour(0), Hour(5.5), Hour(0.5)));

    [Fact]
    public void Next_WithNoneAndATimeOfAMomentAgo_IsNotMissedByAStartInBetween() =>
        Assert.Equal(Hour(1), DueTime.Next(Hourly(CatchUp.None), Hour(0), Hour(1).AddSeconds(20), Hour(1).AddSeconds(10)));

    [Fact]
    public void Next_AfterTheClockWentBack_WaitsForTheTimeThatIsNotDoneYet() =>
        Assert.Equal(Hour(6), DueTime.Next(Hourly(CatchUp.Last), Hour(5), Hour(2), Hour(0)));

    [Fact]
    public void Newest_OfAScheduleOfEverySecondAfterYears_DoesNotCountThem()
    {
        var counted = new CountingTimes(new IntervalTimetable(TimeSpan.FromSeconds(1)));

        Assert.Equal(Midnight, DueTime.Newest(counted, Midnight.AddYears(-3), Midnight.AddMilliseconds(1)));
        Assert.InRange(counted.Asked, 1, 100);
    }

    [Fact]
    public void Newest_OfARareSchedule_IsFoundInAWideWindow() =>
        Assert.Equal(Hour(0).AddDays(-3), DueTime.Newest(new Listed(Hour(0).AddDays(-9), Hour(0).AddDays(-3), Hour(1)), Midnight.AddYears(-3), Midnight));

    [Fact]
    public void Next_OfATimetableThatDoesNotGoForward_IsNoneAndNotForEver()
    {
        var stuck = new ScheduleDefinition("stuck", "stuck", new Stuck(Midnight));

        Assert.Equal(Midnight, DueTime.Next(stuck, Midnight.AddHours(-1), Midnight.AddHours(1), Midnight));
        Assert.Null(DueTime.Next(stuck, Midnight, Midnight.AddHours(1), Midnight));
    }

    private static DateTimeOffset Hour(double hours) => Midnight.AddHours(hours);

    private static ScheduleDefinition Hourly(CatchUp policy) => new("hourly", "hourly", new IntervalTimetable(TimeSpan.FromHours(1)), policy);

    private sealed class CountingTimes(ITimetable times) : ITimetable
    {
        public int Asked { get; private set; }

        public DateTimeOffset? After(DateTimeOffset time)
        {
            Asked++;
            return times.After(time);
        }
    }

    private sealed class Listed(params DateTimeOffset[] times) : ITimetable
    {
        public DateTimeOffset? After(DateTimeOffset time) => times.Where(t => t > time).Select(t => (DateTimeOffset?)t).FirstOrDefault();
    }

    private sealed class Stuck(DateTimeOffset always) : ITimetable
    {
        public DateTimeOffset? After(DateTimeOffset time) => always;
    }
}
