using Hub.Core.Journal;
using Tests.Runtime;

namespace Tests.Sagas;

public sealed class When_a_timeout_is_asked_for
{
    [Fact]
    public async Task Should_come_at_its_time_and_keep_nothing_waiting()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (saga, _, context) => saga.After(context, TimeSpan.FromHours(1), "first");
        string? note = null;
        bench.Script.OnLate = (_, state, _) => Task.FromResult(note = state.Note);
        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });
        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 1 });

        // It waits as a document: not in flight, not in memory, not in the lane.
        Assert.Equal((1, 0), (await bench.DelayedAsync(), bench.Engine.Engine.InFlight));
        bench.Engine.Clock.Advance(TimeSpan.FromMinutes(59));
        await bench.Engine.QuietAsync();
        Assert.Equal(0, (await bench.DataAsync())!.Reminders);
        bench.Engine.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Engine.QuietAsync();

        Assert.Equal((1, "first", 0), ((await bench.DataAsync())!.Reminders, note, await bench.DelayedAsync()));
        Assert.Equal(new LedgerRow(SagaBench.Endpoint, 3, 3, 0, 0, 0, 0), await bench.LedgerAsync(SagaBench.Endpoint));
    }

    [Fact]
    public async Task Should_come_once_after_a_crash_however_late()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (saga, _, context) => saga.After(context, TimeSpan.FromHours(1));
        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        bench.Engine.Store.Crash();
        await bench.Engine.StopAsync();
        bench.Engine.Clock.Advance(TimeSpan.FromDays(3));
        await bench.Engine.StartAsync();
        await bench.Engine.QuietAsync();
        await bench.Engine.CrashAndStartAsync();
        await bench.Engine.QuietAsync();
        await bench.Engine.SettleAsync();

        Assert.Equal(1, (await bench.DataAsync())!.Reminders);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_come_once_when_the_hub_dies_at_its_time(bool afterTheCommit)
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (saga, _, context) => saga.After(context, TimeSpan.FromHours(1));
        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });
        void Die(IReadOnlyList<JournalOperation> group)
        {
            if (group.Any(o => o is WriteStateOperation { Kind: "delayed", Body: null })) bench.Engine.Store.Crash();
        }

        if (afterTheCommit) bench.Engine.Store.AfterCommit = Die;
        else bench.Engine.Store.BeforeCommit = Die;
        bench.Engine.Clock.Advance(TimeSpan.FromHours(1));
        await bench.Engine.Store.Crashed.WaitAsync(TimeSpan.FromSeconds(30));
        await bench.Engine.CrashAndStartAsync();
        await bench.Engine.QuietAsync();
        await bench.Engine.SettleAsync();

        Assert.Equal(1, (await bench.DataAsync())!.Reminders);
        Assert.Equal(new LedgerRow(SagaBench.Outbox, 1, 1, 0, 0, 0, 0), await bench.LedgerAsync(SagaBench.Outbox));
    }

    [Fact]
    public async Task Should_come_in_the_order_of_their_times_and_again_and_again()
    {
        await using var bench = await SagaBench.StartAsync();
        var seen = new List<string>();
        bench.Script.OnPlace = async (saga, _, context) =>
        {
            await saga.After(context, TimeSpan.FromHours(2), "b");
            await saga.After(context, TimeSpan.FromHours(1), "a");
            await saga.After(context, TimeSpan.FromHours(3), "c");
        };
        bench.Script.OnLate = (saga, state, context) =>
        {
            seen.Add(state.Note!);
            return state.Note == "c" ? saga.After(context, TimeSpan.FromHours(1), "d") : Task.CompletedTask;
        };
        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        for (var hour = 0; hour < 5; hour++)
        {
            bench.Engine.Clock.Advance(TimeSpan.FromHours(1));
            await bench.Engine.QuietAsync();
        }

        Assert.Equal(["a", "b", "c", "d"], seen);
    }

    [Fact]
    public async Task Should_go_on_when_the_journal_can_be_written_again()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (saga, _, context) => saga.After(context, TimeSpan.FromHours(1));
        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });
        var full = true;
        bench.Engine.Store.BeforeCommit = _ =>
        {
            if (full) throw new JournalException(Mappings.Diagnostics.Finding.Error("JRN810", Mappings.Diagnostics.SourcePosition.None));
        };
        bench.Engine.Clock.Advance(TimeSpan.FromHours(1));
        await bench.Engine.QuietAsync();
        Assert.Equal(1, await bench.DelayedAsync());
        full = false;
        await bench.Engine.JournalIsBackAsync();
        bench.Engine.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Engine.QuietAsync();

        await bench.Engine.SettleAsync();
        Assert.Equal(1, (await bench.DataAsync())!.Reminders);
    }

    [Fact]
    public async Task Should_notice_within_a_minute_that_the_clock_was_put_forward()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (saga, _, context) => saga.After(context, TimeSpan.FromHours(5));
        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        bench.Engine.Clock.Set(bench.Engine.Clock.GetUtcNow().AddHours(6));
        bench.Engine.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Engine.QuietAsync();

        Assert.Equal(1, (await bench.DataAsync())!.Reminders);
    }
}
