using Hub.Core.Journal;
using Hub.Core.Schedules;
using Hub.Host.Schedules;
using Mappings.Diagnostics;
using Tests.Schedules;

namespace Tests.LossStories;

public sealed class QuartzStories
{
    /// <summary>Triggers that had misfired ran on several nodes of a cluster.</summary>
    [Fact]
    public async Task Quartz_1758_A_missed_time_runs_on_one_node_only()
    {
        await using var bench = await ScheduleBench.StartAsync(nodes: 1);
        await bench.StopNodeAsync(0);
        await bench.AdvanceAsync(TimeSpan.FromHours(6));
        for (var node = 0; node < 3; node++) await bench.AddNodeAsync();
        await bench.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal([15], bench.Hours);
    }

    /// <summary>Under load two nodes acquired the same trigger: the job ran twice.</summary>
    [Fact]
    public async Task Quartz_690_Two_nodes_that_are_due_at_the_same_moment_fire_once()
    {
        await using var bench = await ScheduleBench.StartAsync(nodes: 4, b => b.Times = new IntervalTimetable(TimeSpan.FromMinutes(1)));

        for (var minute = 0; minute < 60; minute++) await bench.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(60, bench.Runs.Count);
        Assert.Equal(60, bench.Runs.Select(r => r.Occurrence.ScheduledAt).Distinct().Count());
    }

    /// <summary>The search for the next time did not end when the clock was put forward or back.</summary>
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Asia/Shanghai")]
    [InlineData("Pacific/Apia")]
    public void Quartz_612_The_next_time_is_found_and_later_in_every_zone(string zone)
    {
        string[] crons =
        [
            "0 30 2 * * ?", "0 0 0 * * ?", "0 59 23 * * ?", "0 0/15 1-3 * * ?", "*/20 * 2 * * ?", "0 30 2 ? * SUN", "0 0 2 L * ?", "0 15 2 ? 3,10,11 SUN#1", "0 0 * * * ?", "59 59 1 * * ?",
        ];
        foreach (var cron in crons)
        {
            var times = new QuartzCronExpressions().Read(cron, TimeZoneInfo.FindSystemTimeZoneById(zone), out var reason);
            Assert.True(times is not null, $"{cron}: {reason}");
            foreach (var start in Changes(zone))
            {
                var time = start;
                for (var i = 0; i < 60; i++)
                {
                    var next = times.After(time);
                    Assert.True(next > time, $"{cron} in {zone} after {time:O} gave {next:O}");
                    time = next!.Value;
                }
            }
        }
    }

    /// <summary>What was missed was told by the machine's clock, although the scheduler had been given another.</summary>
    [Fact]
    public async Task Quartz_3456_What_is_missed_is_told_by_the_clock_that_was_given()
    {
        // The bench's clock stands in 2024; by the machine's all of it is missed, and by that of a node that is ahead none is.
        await using var bench = await ScheduleBench.StartAsync(set: b => b.CatchUp = CatchUp.None);
        await bench.HoursAsync(2);
        Assert.Equal([10, 11], bench.Hours);

        // And a clock that is put back fires nothing twice.
        bench.Engine.Clock.Set(bench.Engine.Clock.GetUtcNow().AddHours(-2));
        await bench.HoursAsync(2);
        Assert.Equal([10, 11], bench.Hours);
        await bench.HoursAsync(1);
        Assert.Equal([10, 11, 12], bench.Hours);
    }

    /// <summary>Jobs were skipped while the database was busy.</summary>
    [Theory]
    [InlineData(CatchUp.Last)]
    [InlineData(CatchUp.All)]
    [InlineData(CatchUp.None)]
    public async Task Quartz_2754_A_journal_that_is_busy_or_away_delays_and_never_skips(CatchUp policy)
    {
        await using var bench = await ScheduleBench.StartAsync(set: b => b.CatchUp = policy);
        await bench.AdvanceAsync(TimeSpan.FromMinutes(59));
        var away = true;
        bench.Engine.Store.BeforeCommit = _ =>
        {
            if (away) throw new JournalException(Finding.Error("JRN812", SourcePosition.None, string.Empty, ("file", "hub.db"), ("reason", "busy")));
        };
        for (var minute = 0; minute < 10; minute++) await bench.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(bench.Runs);
        away = false;
        bench.Engine.Clock.Advance(TimeSpan.FromSeconds(5));
        await bench.Engine.Engine.Context.Journal.FlushAsync();
        await bench.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([10], bench.Hours);
        await bench.HoursAsync(1);
        Assert.Equal([10, 11], bench.Hours);
    }

    /// <summary>Two days around each change of the zone's clock in 2010 to 2012 and 2024.</summary>
    private static IEnumerable<DateTimeOffset> Changes(string zone)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        foreach (var year in (int[])[2010, 2011, 2024])
        {
            var day = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
            yield return day;
            for (; day.Year == year; day = day.AddDays(1))
            {
                if (info.GetUtcOffset(day) != info.GetUtcOffset(day.AddDays(1))) yield return day.AddHours(-12);
            }
        }
    }
}
