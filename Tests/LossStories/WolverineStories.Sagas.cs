using Hub.Core.Journal;
using Tests.Sagas;

namespace Tests.LossStories;

public sealed partial class WolverineStories
{
    /// <summary>A timeout that came after its saga was complete crashed its handling.</summary>
    [Fact]
    public async Task Wolverine_1095_A_timeout_after_completion_is_ignored_and_says_so()
    {
        await using var bench = await SagaBench.StartAsync();
        bench.Script.OnPlace = (saga, _, context) => saga.After(context, TimeSpan.FromHours(1));
        await bench.RunAsync(new PlaceOrder { OrderId = "4711" });
        await bench.RunAsync(new CancelOrder { OrderId = "4711" });

        bench.Engine.Clock.Advance(TimeSpan.FromHours(1));
        await bench.Engine.QuietAsync();

        Assert.Equal(new LedgerRow(SagaBench.Endpoint, 3, 2, 1, 0, 0, 0), await bench.LedgerAsync(SagaBench.Endpoint));
        var filtered = Assert.Single(await bench.Engine.Store.QueryAsync(new MessageQuery { Pipeline = SagaBench.Endpoint, State = MessageState.Filtered }, default));
        var view = await bench.Engine.FindAsync(filtered.Id);
        Assert.Equal("SAG855", Assert.Single(view.Outcome!.Findings).Code);
        Assert.Null(await bench.DataAsync());
    }
}
