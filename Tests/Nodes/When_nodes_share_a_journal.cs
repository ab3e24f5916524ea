using Hub.Abstractions.Ingress;
using Tests.Servers;

namespace Tests.Nodes;

public sealed class When_nodes_share_a_journal : IAsyncLifetime
{
    private Cluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await Cluster.NewAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [ServerFact(Server.PostgreSql)]
    public async Task Should_work_alone_with_all_lanes_and_share_them_with_who_joins()
    {
        var a = await _cluster.StartAsync("a");
        Assert.Equal(ulong.MaxValue, a.Open);

        var b = await _cluster.StartAsync("b");
        await Cluster.SharedAsync(a, b);
        var c = await _cluster.StartAsync("c");
        await Cluster.SharedAsync(a, b, c);

        Assert.Equal(0UL, (a.Open & b.Open) | (b.Open & c.Open) | (a.Open & c.Open));
        Assert.Equal(ulong.MaxValue, a.Open | b.Open | c.Open);
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_deliver_in_the_order_of_the_answers_whoever_accepts()
    {
        var a = await _cluster.StartAsync("a");
        var b = await _cluster.StartAsync("b");
        await Cluster.SharedAsync(a, b);
        string[] keys = [.. Cluster.Keys(a, 20), .. Cluster.Keys(b, 20)];

        // Each key's messages one after the other, at one node and the other in turn: never one before the last was answered.
        await Task.WhenAll(keys.Select(async (key, k) =>
        {
            for (var i = 0; i < 20; i++) await ((i + k) % 2 == 0 ? a : b).PostAsync(key, i);
        }));

        await _cluster.ConfirmedAsync(keys.Length * 20);
        _cluster.AssertOrder(keys, 20);
        Assert.Equal(keys.Length * 20, _cluster.Confirmed.Count);
        await Task.WhenAll(a.Engine.WaitForIdleAsync(CancellationToken.None), b.Engine.WaitForIdleAsync(CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(30));
        var ledger = await _cluster.LedgerAsync(a);
        Assert.Equal((800, 800, 0, 0), (ledger.Received, ledger.Delivered, ledger.InFlight, ledger.Unaccounted));
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_find_what_was_handed_over_without_being_told()
    {
        var a = await _cluster.StartAsync("a");
        var b = await _cluster.StartAsync("b");
        await Cluster.SharedAsync(a, b);
        b.Store.HearsOthers = false;

        await a.PostAsync(Cluster.Key(b), 0);

        await _cluster.ConfirmedAsync(1);
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_take_over_the_lanes_of_a_killed_node_within_five_seconds_with_the_usual_lease()
    {
        var lease = TimeSpan.FromSeconds(3);
        var a = await _cluster.StartAsync("a", lease: lease);
        var b = await _cluster.StartAsync("b", lease: lease);
        await Cluster.SharedAsync(a, b);
        string[] keys = [.. Cluster.Keys(a, 10), .. Cluster.Keys(b, 10)];
        using var latch = new Runtime.Latch();
        _cluster.Sending = latch.HoldAsync;
        foreach (var key in keys)
        {
            for (var i = 0; i < 5; i++) await a.PostAsync(key, i);
        }

        await latch.ArrivedAsync(keys.Length);
        var killed = TimeProvider.System.GetTimestamp();
        Cluster.Kill(a);
        _cluster.Sending = null;
        latch.Open();
        await _cluster.ConfirmedAsync(keys.Length * 5);

        Assert.InRange(TimeProvider.System.GetElapsedTime(killed), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        _cluster.AssertOrder(keys, 5);

        Assert.Equal(keys.Length * 5, _cluster.Confirmed.Count);
        Assert.Equal(ulong.MaxValue, b.Open);
        await b.Engine.WaitForIdleAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, (await _cluster.LedgerAsync(b)).Unaccounted);
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_commit_and_send_nothing_more_after_a_pause_longer_than_the_lease_and_join_anew()
    {
        var a = await _cluster.StartAsync("a");
        var b = await _cluster.StartAsync("b");
        await Cluster.SharedAsync(a, b);
        var key = Cluster.Key(a);
        using var latch = new Runtime.Latch();
        var held = 0;
        _cluster.Sending = (message, stop) => Interlocked.Increment(ref held) == 1 ? latch.HoldAsync(message, stop) : ValueTask.CompletedTask;
        for (var i = 0; i < 5; i++) await a.PostAsync(key, i);
        await latch.ArrivedAsync();
        var epoch = a.Epoch;

        a.Store.Freeze();
        await _cluster.ConfirmedAsync(c => c.Count == 5);
        await Cluster.WithinAsync(b.Store.SeesAsync(board => board.Nodes.Count == 1), "b is not alone", a, b);
        latch.Open();
        await _cluster.ConfirmedAsync(c => c.Count == 6);
        a.Store.Thaw();
        await Cluster.SharedAsync(a, b);

        // The attempt that was in flight at the pause came through twice; none began after it.
        Assert.Equal([0, 1, 2, 3, 4, 0], _cluster.Of(key));
        Assert.NotEqual(epoch, a.Epoch);
        Assert.Equal(2, a.Store.Joined);
        await a.PostAsync(key, 5);
        await _cluster.ConfirmedAsync(6);
        await b.Engine.WaitForIdleAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        await a.Engine.WaitForIdleAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        var ledger = await _cluster.LedgerAsync(b);
        Assert.Equal((6, 6, 0, 0), (ledger.Received, ledger.Delivered, ledger.InFlight, ledger.Unaccounted));
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_send_nothing_while_the_database_is_away_for_longer_than_the_lease_and_go_on_after_it()
    {
        var a = await _cluster.StartAsync("a");
        var b = await _cluster.StartAsync("b");
        await Cluster.SharedAsync(a, b);
        var (mine, other) = (Cluster.Key(a), Cluster.Key(b));
        using var latch = new Runtime.Latch();
        _cluster.Sending = (message, stop) => message.Key == mine ? latch.HoldAsync(message, stop) : ValueTask.CompletedTask;
        for (var i = 0; i < 3; i++) await a.PostAsync(mine, i);
        await latch.ArrivedAsync();

        a.Store.GoAway();
        await Cluster.WithinAsync(b.Store.SeesAsync(board => board.Nodes.Count == 1), "b is not alone", a, b);
        Assert.Equal(IngressStatus.Unavailable, (await PostUntilRefusedAsync(a, other)).Status);
        _cluster.Sending = null;
        latch.Open();
        await _cluster.ConfirmedAsync(c => c.Count(x => x.Key == mine) == 4);
        a.Store.ComeBack();
        await Cluster.SharedAsync(a, b);

        Assert.Equal([0, 1, 2], _cluster.Of(mine).Distinct().Order());
        Assert.Equal(4, _cluster.Of(mine).Count());
        await a.PostAsync(mine, 3);
        await _cluster.ConfirmedAsync(c => c.Any(x => x == (mine, 3)));
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_lose_and_repeat_nothing_in_a_rolling_restart()
    {
        var a = await _cluster.StartAsync("a");
        var b = await _cluster.StartAsync("b");
        await Cluster.SharedAsync(a, b);
        string[] keys = [.. Cluster.Keys(a, 10), .. Cluster.Keys(b, 10)];
        ClusterNode[] nodes = [a, b];
        using var stop = new CancellationTokenSource();
        var sent = new int[keys.Length];
        var load = Task.WhenAll(keys.Select((key, k) => Task.Run(async () =>
        {
            // A sender that goes to the other node when one refuses.
            for (var turn = k; !stop.IsCancellationRequested || sent[k] < 20; turn++)
            {
                var node = Volatile.Read(ref nodes[turn % nodes.Length]);
                if ((await node.TryPostAsync(key, sent[k])).Status == IngressStatus.Accepted) sent[k]++;
            }
        })));

        for (var round = 0; round < nodes.Length; round++)
        {
            await _cluster.StopAsync(nodes[round]);
            Volatile.Write(ref nodes[round], await _cluster.StartAsync(nodes[round].Name));
            await Cluster.SharedAsync(nodes);
        }

        await stop.CancelAsync();
        await load.WaitAsync(TimeSpan.FromSeconds(30));
        await _cluster.ConfirmedAsync(sent.Sum());
        for (var k = 0; k < keys.Length; k++) Assert.Equal(Enumerable.Range(0, sent[k]), _cluster.Of(keys[k]));
        await Task.WhenAll(nodes.Select(n => n.Engine.WaitForIdleAsync(CancellationToken.None))).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, (await _cluster.LedgerAsync(nodes[0])).Unaccounted);
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_keep_the_order_although_clocks_are_minutes_apart()
    {
        var a = await _cluster.StartAsync("a", TimeSpan.FromMinutes(10));
        var b = await _cluster.StartAsync("b", TimeSpan.FromMinutes(-10));
        await Cluster.SharedAsync(a, b);
        string[] keys = [.. Cluster.Keys(a, 5), .. Cluster.Keys(b, 5)];
        using var latch = new Runtime.Latch();
        _cluster.Sending = latch.HoldAsync;
        foreach (var key in keys)
        {
            for (var i = 0; i < 6; i++) await (i % 2 == 0 ? a : b).PostAsync(key, i);
        }

        await latch.ArrivedAsync(keys.Length);
        Cluster.Kill(a);
        _cluster.Sending = null;
        latch.Open();
        await _cluster.ConfirmedAsync(keys.Length * 6);

        _cluster.AssertOrder(keys, 6);
        Assert.InRange((b.Engine.Context.Journal.Ids.Next().Value - a.Engine.Context.Journal.Ids.Next().Value) >> 22, -2_000, 2_000);
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_keep_messages_without_a_key_where_they_came_in_and_give_them_to_others_when_it_dies()
    {
        var a = await _cluster.StartAsync("a");
        var b = await _cluster.StartAsync("b");
        await Cluster.SharedAsync(a, b);
        using var latch = new Runtime.Latch();
        _cluster.Sending = latch.HoldAsync;
        for (var i = 0; i < 40; i++) await a.PostAsync("x", i, "erp.loose");
        Assert.Equal(40, a.Engine.InFlight);

        Cluster.Kill(a);
        _cluster.Sending = null;
        await _cluster.ConfirmedAsync(40);
        latch.Open();

        Assert.Equal(40, _cluster.Of("x").Distinct().Count());
    }

    private static async Task<IngressResult> PostUntilRefusedAsync(ClusterNode node, string key)
    {
        for (var i = 0; ; i++)
        {
            var result = await node.TryPostAsync(key, 1_000 + i);
            if (result.Status != IngressStatus.Accepted || i > 1_000) return result;
        }
    }
}
