using Tests.Nodes;
using Tests.Servers;

namespace Tests.LossStories;

public sealed partial class RedpandaConnectStories
{
    /// <summary>#3410: when another instance joined, some of the work belonged to nobody and was not done until a restart.</summary>
    [ServerFact(Server.PostgreSql)]
    public async Task RedpandaConnect_3410_Scaling_out_and_in_under_load_stops_nothing()
    {
        await using var cluster = await Cluster.NewAsync();
        var a = await cluster.StartAsync("a");
        var number = 0;
        async Task PostAsync()
        {
            foreach (var i in Enumerable.Range(0, 64)) await a.PostAsync($"K{i}", number);
            number++;
        }

        await PostAsync();
        var b = await cluster.StartAsync("b");
        await PostAsync();
        var c = await cluster.StartAsync("c");
        await PostAsync();
        await Cluster.SharedAsync(a, b, c);
        await PostAsync();
        await cluster.StopAsync(b);
        await PostAsync();
        await Cluster.SharedAsync(a, c);
        await PostAsync();

        await cluster.ConfirmedAsync(64 * number);
        Assert.All(Enumerable.Range(0, 64), i => Assert.Equal(Enumerable.Range(0, number), cluster.Of($"K{i}")));
    }
}
