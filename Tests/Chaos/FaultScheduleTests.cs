using Hub.Host.Chaos;

namespace Tests.Chaos;

public sealed class FaultScheduleTests
{
    [Fact]
    public void Schedule_OfKillsAndOthers_TakesEachAsOftenAsTheRest()
    {
        Fault[] kills = [new KillFault(), new KillAtPointFault("sent", 9), new KillAtPointFault("settling", 9)];
        Fault[] others = [new ClockFault(), new StopFault(TimeSpan.FromSeconds(1))];
        var schedule = new FaultSchedule(kills, others, new Random(7));

        var taken = Enumerable.Range(0, 30).Select(_ => schedule.Next()).ToList();

        Assert.All(kills, kill => Assert.Equal(8, taken.Count(fault => ReferenceEquals(fault, kill))));
        Assert.All(others, other => Assert.Equal(3, taken.Count(fault => ReferenceEquals(fault, other))));
    }

    [Fact]
    public void Schedule_OfOneSeed_IsTheSame()
    {
        static List<string> Of(int seed)
        {
            var schedule = new FaultSchedule([new KillFault(), new KillAtPointFault("sent", 9), new KillAtPointFault("settling", 9)], [new ClockFault()], new Random(seed));
            return [.. Enumerable.Range(0, 20).Select(_ => schedule.Next()).Select(fault => fault.Kind + fault.Detail)];
        }

        Assert.Equal(Of(7), Of(7));
        Assert.NotEqual(Of(7), Of(8));
    }
}
