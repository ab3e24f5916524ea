using Hub.Abstractions;
using Hub.Core.Operations;
using Hub.Core.Runtime;
using Mappings.Diagnostics;
using Mappings.Xrefs;
using Tests.Servers;

namespace Tests.Nodes;

/// <summary>Replays, held lanes and the identity map, on whichever node they are asked of.</summary>
public sealed class When_nodes_share_more_than_lanes : IAsyncLifetime
{
    private Cluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await Cluster.NewAsync();

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [ServerFact(Server.PostgreSql)]
    public async Task Should_replay_on_a_node_that_has_not_the_lane()
    {
        var (a, b) = await StartAsync();
        var key = Cluster.Key(b);
        var refuses = true;
        _cluster.Sending = (_, _) => refuses ? ValueTask.FromException(Refused()) : ValueTask.CompletedTask;
        var id = await b.PostAsync(key, 0);
        await b.Engine.WaitForIdleAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        refuses = false;
        Assert.True(await ReplayAsync(a, id));

        await _cluster.ConfirmedAsync(1);
        await b.Engine.WaitForIdleAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, a.Engine.InFlight);
        Assert.Equal((1, 1, 0, 0), await CountsAsync(a));
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_go_on_holding_a_lane_that_is_taken_over_until_its_dead_letter_is_replayed()
    {
        _cluster.Files.Remove("pipelines/loose.yaml");
        _cluster.Files["systems/crm.yaml"] = "system: crm\nconnector: scripted\nafter_dead: hold\nretry: { immediate: 0, delayed: [], jitter: 0% }\nendpoints: { deals: {}, notes: {} }\n";
        var (a, b) = await StartAsync();
        var key = Cluster.Key(a);
        var refuses = true;
        _cluster.Sending = (_, _) => refuses ? ValueTask.FromException(Refused()) : ValueTask.CompletedTask;
        var id = await a.PostAsync(key, 0);
        await a.Engine.WaitForIdleAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
        refuses = false;
        await a.PostAsync(key, 1);

        Cluster.Kill(a);
        await Cluster.WithinAsync(b.Store.SeesAsync(board => board.Nodes.Count == 1 && b.Open == ulong.MaxValue), "b has not all", b);
        Assert.Equal(1, b.Engine.InFlight);
        Assert.Empty(_cluster.Confirmed);
        Assert.True(await ReplayAsync(b, id));

        await _cluster.ConfirmedAsync(2);
        Assert.Equal([0, 1], _cluster.Of(key));
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_wake_what_waits_for_the_identity_map_on_another_node()
    {
        _cluster.Files["pipelines/orders.yaml"] = "pipeline: orders\nfrom: erp.orders\nkey: no\nsteps:\n  - map: order\n  - send: crm.deals\n";
        _cluster.Files["mappings/order.yaml"] = "mapping: order\nversion: 1\nfields:\n  no: no\n  seq: seq\n  customer: { from: no, xref: { entity: customer, from: erp, to: crm, missing: hold } }\n";
        var (a, b) = await StartAsync();
        var key = Cluster.Key(b);
        await a.PostAsync(key, 0);
        await b.PostAsync(key, 1);
        await Cluster.WithinAsync(b.Engine.Flow.Dispatcher.WhenQuietAsync(), "b is not quiet", b);

        await a.Engine.RecordXrefsAsync([new XrefEntry(new XrefKey("customer", "erp", key, "crm"), "C-1")]);

        await _cluster.ConfirmedAsync(2);
        Assert.Equal([0, 1], _cluster.Of(key));
    }

    [ServerFact(Server.PostgreSql)]
    public async Task Should_show_the_nodes_on_whichever_is_asked()
    {
        var (a, b) = await StartAsync();
        await a.PostAsync(Cluster.Key(b), 0);
        await _cluster.ConfirmedAsync(1);

        var report = await new HubOperations(a.Engine).NodesAsync(CancellationToken.None);

        Assert.Equal(("a", 0), (report.Self, report.FreeGroups));
        Assert.Equal([("a", "alive", 32), ("b", "alive", 32)], report.Nodes.Select(n => (n.Name, n.State, n.Groups)));
        Assert.Empty(report.Findings);
        Assert.NotNull((await Doctor.RunAsync(b.Engine, CancellationToken.None)).Nodes);
    }

    private static PermanentException Refused() =>
        new(Finding.Error("DLV601", SourcePosition.None, string.Empty, ("type", "Refused"), ("message", "the target refuses")));

    private static async Task<bool> ReplayAsync(ClusterNode node, Hub.Abstractions.Messages.MessageId id) =>
        (await new HubOperations(node.Engine).ReplayAsync(new ReplayRequest { Ids = [id.ToString()], Reason = "test" }, CancellationToken.None)).Replayed.Count == 1;

    private async Task<(long Received, long Delivered, long Dead, long Unaccounted)> CountsAsync(ClusterNode node)
    {
        var ledger = await _cluster.LedgerAsync(node);
        return (ledger.Received, ledger.Delivered, ledger.Dead, ledger.Unaccounted);
    }

    private async Task<(ClusterNode A, ClusterNode B)> StartAsync()
    {
        var a = await _cluster.StartAsync("a");
        var b = await _cluster.StartAsync("b");
        await Cluster.SharedAsync(a, b);
        return (a, b);
    }
}
