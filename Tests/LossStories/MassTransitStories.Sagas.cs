using Hub.Core.Journal;
using Tests.Sagas;

namespace Tests.LossStories;

public sealed partial class MassTransitStories
{
    /// <summary>What a saga's handler threw was swallowed: the message was gone, its data half changed, nobody knew.</summary>
    [Fact]
    public async Task MassTransit_702_719_What_a_saga_throws_is_told_and_changes_nothing()
    {
        await using var bench = await SagaBench.StartAsync();
        await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 1 });
        bench.Script.OnNote = (_, _, _) => throw new InvalidOperationException("the third-party library is broken");

        var dead = await bench.RunAsync(new NoteOrder { OrderId = "4711", Number = 2 });

        Assert.Equal((MessageState.Dead, "SAG856"), (dead.State, dead.Findings[0].Code));
        Assert.Contains("the third-party library is broken", dead.Findings[0].Text, StringComparison.Ordinal);
        Assert.Equal([1], (await bench.DataAsync())!.Notes);
        Assert.Equal(1, (await bench.LedgerAsync(SagaBench.Endpoint)).Dead);
    }

    /// <summary>The same in what its timeout does.</summary>
    [Fact]
    public async Task MassTransit_702_719_What_a_timeout_throws_is_told_too()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (saga, _, context) => saga.After(context, TimeSpan.FromHours(1));
        bench.Script.OnLate = (_, _, _) => throw new InvalidOperationException("broken");
        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });

        bench.Engine.Clock.Advance(TimeSpan.FromHours(1));
        await bench.Engine.QuietAsync();

        Assert.Equal(1, (await bench.LedgerAsync(SagaBench.Endpoint)).Dead);
        Assert.Equal(0, (await bench.DataAsync())!.Reminders);
    }
}
