using Tests.Nodes;
using Tests.Servers;

namespace Tests.LossStories;

public sealed partial class WolverineStories
{
    /// <summary>#565: what a node had in its outbox when it died was dispatched by nobody until the same node came back. Here the node never comes back.</summary>
    [ServerFact(Server.PostgreSql)]
    public async Task Wolverine_565_What_a_dead_node_had_accepted_is_delivered_by_the_others()
    {
        await using var cluster = await Cluster.NewAsync();
        var a = await cluster.StartAsync("a");
        var b = await cluster.StartAsync("b");
        await Cluster.SharedAsync(a, b);
        using var latch = new Runtime.Latch();
        cluster.Sending = latch.HoldAsync;
        string[] keys = [.. Cluster.Keys(a, 5), .. Cluster.Keys(b, 5)];
        foreach (var key in keys) await a.PostAsync(key, 0);
        foreach (var key in keys) await a.PostAsync(key, 1);

        Cluster.Kill(a);
        cluster.Sending = null;
        latch.Open();

        await cluster.ConfirmedAsync(keys.Length * 2);
        cluster.AssertOrder(keys, 2);
    }

    /// <summary>#4095: the test of a dead node was green because it stopped the node gracefully, which gave its work back; a killed one gave nothing back. Here it says nothing, and its connections stay open.</summary>
    [ServerFact(Server.PostgreSql)]
    public async Task Wolverine_4095_A_node_that_dies_without_a_word_is_taken_over_too()
    {
        await using var cluster = await Cluster.NewAsync();
        var a = await cluster.StartAsync("a");
        var b = await cluster.StartAsync("b");
        await Cluster.SharedAsync(a, b);

        Cluster.Kill(a);
        Assert.Equal(2, (await a.Store.ReadBoardAsync(CancellationToken.None)).Nodes.Count);
        await Cluster.WithinAsync(b.Store.SeesAsync(board => board.Nodes.Count == 1 && b.Open == ulong.MaxValue), "b has not all", b);

        foreach (var i in Enumerable.Range(0, 20)) await b.PostAsync($"K{i}", 0);
        await cluster.ConfirmedAsync(20);
    }
}
