using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Runtime;

namespace Hub.Core.Nodes;

/// <summary>
/// Takes lane groups and gives them up. A group that is taken begins with all that is open in it, in the order of the
/// commits, before anything new of it runs; a group that is given up first lets end what runs of it, and has all that was
/// learnt committed.
/// </summary>
internal sealed class NodeMoves(INodeStore store, FlowContext context, MessageFlow flow, Func<HubDefinition?> definition, Action adopted)
{
    private const int Batch = 1_000;

    private readonly Dictionary<int, Task> _closing = [];
    private Task _taking = Task.CompletedTask;

    /// <summary>Completes when what was begun to be taken is taken.</summary>
    public Task Taking => _taking;

    /// <summary>Completes when what was begun to be given up is given up.</summary>
    public Task GivingUp => Task.WhenAll(_closing.Values);

    /// <summary>Begins to do what the plan says; called by one caller at a time.</summary>
    public void Begin(ulong giveUp, ulong take)
    {
        foreach (var (group, _) in _closing.Where(c => c.Value.IsCompleted).ToList()) _closing.Remove(group);
        foreach (var group in LaneGroups.In(giveUp)) _closing.TryAdd(group, GiveUpAsync(group));
        ulong adopting;
        lock (context.Dispatcher.Sync) adopting = flow.Groups!.Settled & ~flow.Groups.Open;
        if ((take | adopting) != 0 && _taking.IsCompleted) _taking = TakeAsync(take);
    }

    private async Task TakeAsync(ulong groups)
    {
        try
        {
            if (groups != 0) await context.Journal.CommitAsync(new TakeGroupsOperation(groups)).ConfigureAwait(false);
            List<(int Group, long Tenure)> begun;
            lock (context.Dispatcher.Sync)
            {
                begun = [.. LaneGroups.In(flow.Groups!.Settled & ~flow.Groups.Open).Select(g => (g, flow.Groups.Tenure(g)))];
            }

            if (begun.Count == 0) return;
            FaultPoint.Reach(FaultPoint.Takeover);
            var taken = LaneGroups.Set(begun.Select(b => b.Group));
            OpenMessage? last = null;
            while (true)
            {
                var batch = await store.LeaseAsync(taken, last, Batch, CancellationToken.None).ConfigureAwait(false);
                if (batch.Count == 0) break;
                flow.AdoptOpen(batch, Pipeline);
                last = batch[^1];
            }

            if (definition()?.Systems.Any(s => s.AfterDead == Configuration.AfterDead.Hold) == true)
                flow.HoldLanes(await context.Store.ReadDeadLanesAsync(CancellationToken.None).ConfigureAwait(false), taken);
            flow.OpenGroups(taken);
            adopted();

            // What was handed over before the reading comes with this commit at the latest, and is known.
            await context.Journal.CommitAsync(new CollectOperation()).ConfigureAwait(false);
            lock (context.Dispatcher.Sync)
            {
                foreach (var (group, tenure) in begun) flow.Groups.Settle(group, tenure);
            }
        }
        catch (JournalException error)
        {
            // The groups that have begun stay closed until the next look, which goes on with them.
            NodeLog.NotTaken(context.Logger, error.Finding);
        }
        catch (ObjectDisposedException)
        {
            // The hub stops; it leaves, and with it these groups.
        }
    }

    private async Task GiveUpAsync(int group)
    {
        long tenure;
        lock (context.Dispatcher.Sync) tenure = flow.Groups!.Tenure(group);
        await flow.CloseGroup(group).ConfigureAwait(false);
        while (true)
        {
            try
            {
                await context.Journal.CommitAsync(new GiveUpGroupOperation(group, tenure)).ConfigureAwait(false);
                break;
            }
            catch (JournalException error) when (!error.IsFenced)
            {
                await Task.Delay(NodeMembership.Pause, context.Clock).ConfigureAwait(false);
            }
            catch (Exception over) when (over is JournalException or ObjectDisposedException)
            {
                // The group goes with the membership.
                return;
            }
        }

        lock (context.Dispatcher.Sync)
        {
            if (flow.Groups.Tenure(group) != tenure) return;
        }

        flow.DropGroups(1UL << group);
    }

    private Pipelines.PipelineDefinition? Pipeline(string name) => definition()?.Pipeline(name);
}
