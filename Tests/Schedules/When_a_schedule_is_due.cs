using Hub.Core.Journal;
using Hub.Core.Schedules;
using Mappings.Diagnostics;
using Tests.Runtime;

namespace Tests.Schedules;

public sealed class When_a_schedule_is_due
{
    [Fact]
    public async Task Should_run_once_for_each_time_and_not_for_times_before_it_was_there()
    {
        await using var bench = await ScheduleBench.StartAsync();

        await bench.HoursAsync(3);

        Assert.Equal([10, 11, 12], bench.Hours);
        Assert.All(bench.Runs, r => Assert.Equal(1, r.Occurrence.Attempt));
        Assert.Equal(12, (await bench.StateAsync()).Watermark.Hour);
    }

    [Theory]
    [InlineData(CatchUp.Last, "15")]
    [InlineData(CatchUp.All, "11,12,13,14,15")]
    [InlineData(CatchUp.None, "")]
    public async Task After_nobody_was_there_Should_catch_up_as_it_says_from_its_watermark(CatchUp policy, string expected)
    {
        await using var bench = await ScheduleBench.StartAsync(set: b => b.CatchUp = policy);
        await bench.HoursAsync(1);

        await bench.CrashAsync(TimeSpan.FromHours(5) + TimeSpan.FromMinutes(30));

        Assert.Equal(expected, string.Join(",", bench.Hours.Skip(1)));
        await bench.AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(16, bench.Hours.Last());
    }

    [Fact]
    public async Task And_fails_Should_be_tried_again_for_the_same_time_and_say_why()
    {
        await using var bench = await ScheduleBench.StartAsync();
        bench.Work = (_, occurrence, _) => occurrence.Attempt < 3 ? throw new InvalidOperationException("the report server is away") : Task.CompletedTask;

        await bench.HoursAsync(1);
        Assert.Contains("the report server is away", (await bench.StateAsync()).Error, StringComparison.Ordinal);
        for (var i = 0; i < 3; i++) await bench.AdvanceAsync(TimeSpan.FromSeconds(20));

        Assert.Equal([(10, 1), (10, 2), (10, 3)], bench.Runs.Select(r => (r.Occurrence.ScheduledAt.Hour, r.Occurrence.Attempt)));
        Assert.Null((await bench.StateAsync()).Error);
    }

    [Theory]
    [InlineData(CatchUp.Last, "10,11")]
    [InlineData(CatchUp.None, "10,11")]
    [InlineData(CatchUp.All, "10")]
    public async Task And_fails_for_good_Should_not_stand_in_the_way_of_the_next_time_unless_each_is_wanted(CatchUp policy, string expected)
    {
        await using var bench = await ScheduleBench.StartAsync(set: b => b.CatchUp = policy);
        bench.Work = (_, _, _) => throw new InvalidOperationException("broken");

        for (var i = 0; i < 75; i++) await bench.AdvanceAsync(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 6; i++) await bench.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(expected, string.Join(",", bench.Hours.Distinct()));
        Assert.InRange(bench.Runs.Count, 8, 30);
    }

    [Fact]
    public async Task While_it_runs_Should_renew_its_lease_and_begin_nothing_else()
    {
        await using var bench = await ScheduleBench.StartAsync(nodes: 2);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Work = (_, _, _) => held.Task;
        bench.Engine.Clock.Advance(TimeSpan.FromHours(1));
        await bench.Engine.UntilAsync(() => new(bench.Runs.Count > 0));

        for (var i = 0; i < 20; i++)
        {
            var version = await VersionAsync(bench);
            bench.Engine.Clock.Advance(TimeSpan.FromSeconds(10));
            await bench.Engine.UntilAsync(async () => await VersionAsync(bench) > version);
        }

        Assert.Single(bench.Runs);
        held.SetResult();
        await bench.Engine.QuietAsync();
        Assert.Equal((10, (string?)null), ((await bench.StateAsync()).Watermark.Hour, (await bench.StateAsync()).Owner));
    }

    [Fact]
    public async Task And_its_node_stops_Should_be_done_by_another_at_once()
    {
        await using var bench = await ScheduleBench.StartAsync();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Work = async (node, _, token) =>
        {
            began.TrySetResult();
            if (node == 0) await new TaskCompletionSource().Task.WaitAsync(token);
        };
        bench.Engine.Clock.Advance(TimeSpan.FromHours(1));
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await bench.StopNodeAsync(0);
        await bench.AddNodeAsync();

        Assert.Equal([(0, 10, 1), (1, 10, 1)], bench.Runs.Select(r => (r.Node, r.Occurrence.ScheduledAt.Hour, r.Occurrence.Attempt)));
    }

    [Fact]
    public async Task And_its_node_dies_Should_be_done_by_another_when_the_lease_is_over()
    {
        await using var bench = await ScheduleBench.StartAsync();
        bench.Work = (_, _, _) =>
        {
            bench.Engine.Store.Crash();
            return Task.CompletedTask;
        };
        bench.Engine.Clock.Advance(TimeSpan.FromHours(1));
        await bench.Engine.Store.Crashed.WaitAsync(TimeSpan.FromSeconds(30));
        bench.Work = (_, _, _) => Task.CompletedTask;
        await bench.CrashAsync(TimeSpan.FromMinutes(1));

        Assert.Single(bench.Runs);
        await bench.AdvanceAsync(ScheduleRunner.Lease);

        Assert.Equal([(10, 1), (10, 2)], bench.Runs.Select(r => (r.Occurrence.ScheduledAt.Hour, r.Occurrence.Attempt)));
        Assert.Equal(10, (await bench.StateAsync()).Watermark.Hour);
    }

    [Fact]
    public async Task And_was_done_while_the_journal_cannot_be_told_Should_not_be_done_again()
    {
        await using var bench = await ScheduleBench.StartAsync();
        var full = false;
        bench.Engine.Store.BeforeCommit = _ =>
        {
            if (full) throw new JournalException(Finding.Error("JRN810", SourcePosition.None));
        };
        bench.Work = (_, _, _) => Task.FromResult(full = true);
        await bench.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.NotNull((await bench.StateAsync()).Owner);
        full = false;
        bench.Engine.Clock.Advance(TimeSpan.FromSeconds(5));
        await bench.Engine.Engine.Context.Journal.FlushAsync();
        await bench.AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Single(bench.Runs);
        Assert.Equal((10, (string?)null), ((await bench.StateAsync()).Watermark.Hour, (await bench.StateAsync()).Owner));
    }

    [Fact]
    public async Task Of_an_engine_Should_run_its_jobs_over_a_reload_and_after_a_restart()
    {
        await using var bench = new EngineBench().Orders();
        var hours = new List<int>();
        bench.Jobs.Add(new ScheduledJob(new ScheduleDefinition("report", "hourly", new IntervalTimetable(TimeSpan.FromHours(1))), (occurrence, _) =>
        {
            hours.Add(occurrence.ScheduledAt.Hour);
            return Task.CompletedTask;
        }));
        await bench.StartAsync();
        await bench.QuietAsync();
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.QuietAsync();
        await bench.ApplyAsync();
        await bench.CrashAndStartAsync();
        await bench.QuietAsync();
        bench.Clock.Advance(TimeSpan.FromHours(1));
        await bench.QuietAsync();

        Assert.Equal([10, 11], hours);
    }

    [Fact]
    public async Task Of_retention_Should_go_by_the_clock_of_its_zone_on_one_node()
    {
        await using var bench = await new EngineBench().Orders().Hub("retention: { settled: 1d, dead: 2d, at: \"0 30 3 * * ?\", zone: Asia/Shanghai }").StartAsync();
        var id = (await bench.PostAsync("""{"no":"A"}""")).Messages[0].Id;
        await bench.SettleAsync();

        // From Monday 17:00 in Shanghai: on Tuesday at 3:30 it is not a day old, on Wednesday it is.
        for (var hour = 0; hour < 34; hour++)
        {
            bench.Clock.Advance(TimeSpan.FromHours(1));
            await bench.QuietAsync();
        }

        Assert.NotNull(await bench.Store.FindAsync(id, default));
        bench.Clock.Advance(TimeSpan.FromMinutes(30));
        await bench.QuietAsync();
        Assert.Null(await bench.Store.FindAsync(id, default));
    }

    private static async ValueTask<long> VersionAsync(ScheduleBench bench) => (await bench.Engine.Store.FindStateAsync(ScheduleState.Kind, "report", default))!.Version;
}
