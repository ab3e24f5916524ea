using Hub.Core.Journal;
using Hub.Core.Nodes;

namespace Hub.Core.Delivery;

/// <content>The part of several nodes: which messages are this node's, and how it lets go of them.</content>
internal sealed partial class MessageFlow
{
    /// <summary>The lane groups of this node; null when no other can work on the journal.</summary>
    public GroupTable? Groups { get; }

    /// <summary>Whether messages of a lane are another node's to work on, as it looks now.</summary>
    public bool IsForeign(string pipeline, string key)
    {
        if (Groups is null) return false;
        lock (Dispatcher.Sync) return Groups.IsForeign(pipeline, key);
    }

    /// <summary>A commit has brought groups and messages of others; called on the committing thread, before anybody learns of the commit.</summary>
    public void Brought(NodeCommit commit, Func<string, Pipelines.PipelineDefinition?> pipeline)
    {
        lock (Dispatcher.Sync)
        {
            foreach (var (group, tenure) in commit.Taken) Groups!.Begin(group, tenure);
        }

        foreach (var arrived in commit.Arrived) Adopt(arrived.Open, pipeline(arrived.Open.Message.Pipeline), arrived.IsReplayed);
    }

    /// <summary>Takes in what was read as open in groups that begin.</summary>
    public void AdoptOpen(IReadOnlyList<OpenMessage> batch, Func<string, Pipelines.PipelineDefinition?> pipeline)
    {
        foreach (var open in batch) Adopt(open, pipeline(open.Message.Pipeline), replayed: false, isRead: true);
    }

    /// <summary>Lets the messages of groups go on that have begun.</summary>
    public void OpenGroups(ulong groups)
    {
        lock (Dispatcher.Sync)
        {
            foreach (var group in LaneGroups.In(groups))
            {
                Groups!.GoOn(group);
                foreach (var message in Groups.Messages(group))
                {
                    if (message.Stage == MessageStage.Waiting) GoOn(message);
                }
            }

            Dispatcher.SignalQuiet();
        }
    }

    /// <summary>Lets nothing more of a group begin, and go of what does not run.</summary>
    /// <returns>Completes when nothing of it runs any more; what was learnt has been given to the journal then.</returns>
    public Task CloseGroup(int group)
    {
        lock (Dispatcher.Sync)
        {
            var drained = Groups!.Close(group);
            foreach (var message in Groups.Messages(group))
            {
                if (message.IsBusy) message.IsLeaving = true;
                else Drop(message);
            }

            Groups.Look(group);
            Dispatcher.SignalQuiet();
            return drained;
        }
    }

    /// <summary>Groups are not this node's any more: all that is known of their messages is forgotten. What still runs of them ends without being told to the journal.</summary>
    public void DropGroups(ulong groups)
    {
        lock (Dispatcher.Sync)
        {
            foreach (var group in LaneGroups.In(groups))
            {
                foreach (var message in Groups!.Messages(group)) Drop(message);
                Groups.End(group);
            }

            foreach (var lane in Lanes.Snapshot())
            {
                if (lane.Group < 0 || (groups & (1UL << lane.Group)) == 0) continue;
                lane.KeepHolds(new HashSet<DeliveryId>());
                Advance(lane);
            }

            Dispatcher.SignalQuiet();
        }
    }

    /// <summary>Something of a message has ended; under the lock. When it waits to be let go of and nothing of it runs, it is.</summary>
    public void Left(ActiveMessage message)
    {
        if (message is { IsLeaving: true, IsDropped: false, IsBusy: false, Stage: not MessageStage.Done }) Drop(message);
    }

    /// <summary>A message that only its source kept is one of the journal now; under the lock.</summary>
    public void Kept(ActiveMessage message, in LanePlace place)
    {
        if (Groups is not null && message.Stage != MessageStage.Done && !Groups.TryEnter(message, place)) Drop(message);
    }

    /// <summary>Its source will hand the message out again, to whatever node; under the lock.</summary>
    public void LetGo(ActiveMessage message)
    {
        if (message.Stage != MessageStage.Done) Drop(message);
    }

    private void Drop(ActiveMessage message)
    {
        message.Drop();
        foreach (var delivery in message.Deliveries ?? [])
        {
            if (delivery is { Stage: DeliveryStage.Delayed, DelayedAt: { } gate }) gate.Delayed--;
        }

        Pipelines.Holds.Drop(message);
        var lane = message.Lane;
        End(message);
        if (lane is not null) Advance(lane);
    }
}
