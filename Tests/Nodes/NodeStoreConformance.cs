using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Nodes;
using Tests.Servers;

namespace Tests.Nodes;

/// <summary>What the nodes rely on in a store that several of them share. Each store of a test is a node of the same journal.</summary>
public abstract class NodeStoreConformance : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 9, 0, 0, TimeSpan.Zero);

    private readonly List<IJournalStore> _stores = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var store in _stores) await store.DisposeAsync();
        await CleanUpAsync();
    }

    protected abstract Task<IJournalStore> NewStoreAsync();

    protected abstract Task CleanUpAsync();

    /// <summary>A node stands still in the middle of a commit, holding what a commit holds; until the result is disposed.</summary>
    protected abstract Task<IAsyncDisposable> InTheMiddleOfACommitAsync(string node);

    [ConformanceFact]
    public async Task Join_Twice_GivesEachItsEpochAndSlot()
    {
        var (_, a) = await JoinAsync("a");
        var (_, b) = await JoinAsync("b");

        Assert.NotEqual(a.Epoch, b.Epoch);
        Assert.NotEqual(a.Slot, b.Slot);
    }

    [ConformanceFact]
    public async Task Join_UnderANameInUse_FencesWhoHadIt()
    {
        var (old, _) = await JoinAsync("a");
        var (young, joined) = await JoinAsync("a");

        Assert.Null(await old.Nodes.RenewAsync(Beat(), default));
        await Assert.ThrowsAsync<JournalException>(async () => await old.Journal.CommitAsync([Accept(1, "K")], default));
        var again = await Assert.ThrowsAsync<JournalException>(() => old.Nodes.JoinAsync(new NodeOptions { Name = "a" }, Beat(), first: false, default));
        Assert.Equal("JRN841", again.Finding.Code);
        Assert.NotNull(await young.Nodes.RenewAsync(Beat(), default));
        Assert.True(joined.Epoch > 0);
    }

    [ConformanceFact]
    public async Task Take_WhatAnotherHas_TakesTheRest()
    {
        var (a, first) = await JoinAsync("a");
        var (b, second) = await JoinAsync("b");

        await a.Journal.CommitAsync([new TakeGroupsOperation(0xFF)], default);
        await b.Journal.CommitAsync([new TakeGroupsOperation(0xFFFF)], default);

        var board = await a.Nodes.ReadBoardAsync(default);
        Assert.Equal((0xFFUL, 0xFF00UL), (board.Groups(first.Epoch), board.Groups(second.Epoch)));
        Assert.Equal(Enumerable.Range(8, 8), b.Brought.Single().Taken.Select(t => t.Group));
    }

    [ConformanceFact]
    public async Task GiveUp_UnderAnotherTenure_KeepsTheGroup()
    {
        var (a, joined) = await JoinAsync("a");
        await a.Journal.CommitAsync([new TakeGroupsOperation(1)], default);
        var tenure = a.Brought.Single().Taken.Single().Tenure;

        await a.Journal.CommitAsync([new GiveUpGroupOperation(0, tenure + 1)], default);
        Assert.Equal(1UL, (await a.Nodes.ReadBoardAsync(default)).Groups(joined.Epoch));
        await a.Journal.CommitAsync([new GiveUpGroupOperation(0, tenure)], default);
        Assert.Equal(0UL, (await a.Nodes.ReadBoardAsync(default)).Groups(joined.Epoch));
        await a.Journal.CommitAsync([new TakeGroupsOperation(1)], default);
        Assert.NotEqual(tenure, a.Brought[^1].Taken.Single().Tenure);
    }

    [ConformanceFact]
    public async Task Accept_OfAnothersGroup_IsBroughtByItsNextCommitBeforeWhatThatAccepts()
    {
        var (a, b) = await ShareAsync();
        var mine = Accept(1, KeyOf(LaneGroups.All >> 32));
        await a.Journal.CommitAsync([mine], default);

        var own = Accept(2, mine.Message.Key);
        await b.Journal.CommitAsync([own], default);

        Assert.Equal(0, mine.Place.Tenure);
        Assert.True(own.Place.Tenure > 0 && own.Place.Commit > mine.Place.Commit);
        var arrived = Assert.Single(b.Brought[^1].Arrived);
        Assert.Equal(mine.Message.Id, arrived.Open.Message.Id);
        Assert.Equal(own.Place with { Commit = mine.Place.Commit }, arrived.Open.Place);
        await b.Journal.CommitAsync([new CollectOperation()], default);
        await b.Journal.CommitAsync([new CollectOperation()], default);
        Assert.Single(b.Brought.SelectMany(c => c.Arrived));
        Assert.False((await b.Nodes.RenewAsync(Beat(), default))!.HasHandedOver);
    }

    [ConformanceFact]
    public async Task Settle_OfWhatWasHandedOver_ClosesIt()
    {
        var (a, b) = await ShareAsync();
        var accepted = Accept(1, KeyOf(LaneGroups.All >> 32));
        await a.Journal.CommitAsync([accepted], default);
        await b.Journal.CommitAsync([new CollectOperation()], default);

        await b.Journal.CommitAsync([new SettleOperation(new DeliveryId(accepted.Message.Id, 0), At)], default);

        Assert.Equal(MessageState.Delivered, (await a.Journal.FindAsync(accepted.Message.Id, default))!.State);
    }

    [ConformanceFact]
    public async Task Lease_ReadsGroupsInTheOrderOfCommits()
    {
        var (a, b) = await ShareAsync();
        var (left, right) = (KeyOf(LaneGroups.All << 32), KeyOf(LaneGroups.All >> 32));
        var late = Accept(900, left);
        await a.Journal.CommitAsync([late], default);
        await b.Journal.CommitAsync([Accept(5, right)], default);
        var early = Accept(7, left);
        await b.Journal.CommitAsync([early], default);

        var open = await a.Nodes.LeaseAsync(LaneGroups.All << 32, null, 10, default);
        Assert.Equal([late.Message.Id, early.Message.Id], open.Select(o => o.Message.Id));
        Assert.Equal([early.Message.Id], (await a.Nodes.LeaseAsync(LaneGroups.All << 32, open[0], 10, default)).Select(o => o.Message.Id));
    }

    [ConformanceFact]
    public async Task Fence_OfALivingNode_DoesNothing()
    {
        var (a, _) = await JoinAsync("a");
        var (b, joined) = await JoinAsync("b");

        Assert.False(await a.Nodes.FenceAsync(joined.Epoch, default));
        await b.Journal.CommitAsync([Accept(1, "K")], default);
    }

    [ConformanceFact]
    public async Task Fence_AfterTheLease_FreesItsGroupsAndNothingOfItIsCommittedAnyMore()
    {
        var (a, _) = await JoinAsync("a");
        var (b, joined) = await JoinAsync("b", TimeSpan.FromMilliseconds(1));
        await b.Journal.CommitAsync([new TakeGroupsOperation(3), Accept(1, "K")], default);

        await FencedAsync(a, joined.Epoch);

        Assert.Equal(0UL, (await a.Nodes.ReadBoardAsync(default)).Groups(joined.Epoch));
        var fenced = await Assert.ThrowsAsync<JournalException>(async () => await b.Journal.CommitAsync([Accept(2, "K")], default));
        Assert.True(fenced.IsFenced, fenced.Message);
        Assert.Null(await b.Nodes.RenewAsync(Beat(), default));
        Assert.Null(await a.Journal.FindAsync(new MessageId(2), default));
        await b.Nodes.JoinAsync(new NodeOptions { Name = "b" }, Beat(), first: false, default);
        await b.Journal.CommitAsync([Accept(2, "K")], default);
    }

    [ConformanceFact]
    public async Task Fence_OfANodeThatStandsStillInACommit_EndsThat()
    {
        var (a, _) = await JoinAsync("a");
        var (_, joined) = await JoinAsync("b", TimeSpan.FromMilliseconds(1));
        await using var commit = await InTheMiddleOfACommitAsync("b");

        await FencedAsync(a, joined.Epoch);
    }

    [ConformanceFact]
    public async Task Leave_GivesEverythingUp()
    {
        var (a, joined) = await JoinAsync("a");
        await a.Journal.CommitAsync([new TakeGroupsOperation(LaneGroups.All)], default);
        var (b, _) = await JoinAsync("b");

        await a.Journal.CommitAsync([new LeaveOperation()], default);

        var board = await b.Nodes.ReadBoardAsync(default);
        Assert.DoesNotContain(board.Nodes, n => n.Epoch == joined.Epoch);
        Assert.Equal(LaneGroups.All, board.Groups(0));
    }

    [ConformanceFact]
    public async Task Notices_TellTheOtherNodes()
    {
        var (a, b) = await ShareAsync();
        var told = new TaskCompletionSource<NodeSignal>(TaskCreationOptions.RunContinuationsAsynchronously);
        b.Nodes.Signalled = signal =>
        {
            if (signal.HandedOver != 0) told.TrySetResult(signal);
        };
        var key = KeyOf(LaneGroups.All >> 32);

        await a.Journal.CommitAsync([Accept(1, key)], default);

        Assert.Equal(1UL << LaneGroups.Of("orders", key), (await told.Task.WaitAsync(TimeSpan.FromSeconds(30))).HandedOver);
    }

    private static AcceptOperation Accept(long id, string key)
    {
        var record = new MessageRecord { Id = new MessageId(id), Pipeline = "orders", Endpoint = new EndpointName("erp", "orders"), Key = key, Body = "{}"u8.ToArray(), Revision = "r", ReceivedAt = At };
        return new AcceptOperation(record, new PipelineOutcome { State = MessageState.Open, Deliveries = [new DeliveryRecord(new EndpointName("crm", "deals"), 0, null)], Revision = "r" });
    }

    private static Heartbeat Beat() => new("r", false, TimeProvider.System.GetUtcNow());

    private static string KeyOf(ulong groups) => Enumerable.Range(0, 10_000).Select(i => $"K{i}").First(k => (groups & (1UL << LaneGroups.Of("orders", k))) != 0);

    /// <summary>Asks until it is so: a lease of a millisecond is over at once, and a session that is ended takes a moment to go.</summary>
    private static async Task FencedAsync(Node node, long epoch)
    {
        for (var i = 0; i < 50; i++)
        {
            if (await node.Nodes.FenceAsync(epoch, default)) return;
        }

        Assert.Fail("It is not fenced.");
    }

    private async Task<(Node A, Node B)> ShareAsync()
    {
        var (a, _) = await JoinAsync("a");
        var (b, _) = await JoinAsync("b");
        await a.Journal.CommitAsync([new TakeGroupsOperation(LaneGroups.All << 32)], default);
        await b.Journal.CommitAsync([new TakeGroupsOperation(LaneGroups.All >> 32)], default);
        await a.Nodes.RenewAsync(Beat(), default);
        return (a, b);
    }

    private async Task<(Node Store, JoinedNode Joined)> JoinAsync(string name, TimeSpan? lease = null)
    {
        var store = await NewStoreAsync();
        _stores.Add(store);
        await store.OpenAsync(default);
        var node = new Node(store, (INodeStore)store, []);
        node.Nodes.Committed = node.Brought.Add;
        return (node, await node.Nodes.JoinAsync(new NodeOptions { Name = name, Lease = lease ?? TimeSpan.FromSeconds(30) }, Beat(), first: true, default));
    }

    private sealed record Node(IJournalStore Journal, INodeStore Nodes, List<NodeCommit> Brought);
}
