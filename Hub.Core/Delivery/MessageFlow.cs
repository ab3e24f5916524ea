using Hub.Core.Configuration;
using Hub.Core.Journal;
using Hub.Core.Messaging;
using Hub.Core.Nodes;
using Hub.Core.Pipelines;
using Mappings.Diagnostics;

namespace Hub.Core.Delivery;

/// <summary>
/// What becomes of the messages the journal holds open: their turn in the lane, their pipeline when it has yet to run, their
/// deliveries side by side, and the lane's next message when all of them are settled or dead.
/// </summary>
internal sealed partial class MessageFlow
{
    private readonly Journal.Journal _journal;
    private readonly TimeProvider _clock;
    private readonly HubMetrics _metrics;
    /// <summary>How often a node looks for what others have delayed.</summary>
    private static readonly TimeSpan SharedPoll = TimeSpan.FromSeconds(1);

    private volatile TargetTable _targets = TargetTable.Empty;

    public MessageFlow(FlowContext context)
    {
        _journal = context.Journal;
        _clock = context.Clock;
        _metrics = context.Metrics;
        Groups = context.IsShared ? new GroupTable() : null;
        Dispatcher = context.Dispatcher;
        Lanes = new LaneTable(context.IsShared);
        Room = new InFlightRoom(context.Clock, context.InFlightLimit);
        Unacked = new UnackedTable(this, context);
        Bodies = new BodyMemory(this, context);
        Attempts = new AttemptRunner(this, context);
        Pipelines = new PipelineRunner(this, context);
        Outbox = new Outbox(this, context);
        Delayed = new DelayedMessages(this, context, context.IsShared ? SharedPoll : null);
    }

    public Dispatcher Dispatcher { get; }

    public LaneTable Lanes { get; }

    public InFlightRoom Room { get; }

    /// <summary>What only its sources keep.</summary>
    public UnackedTable Unacked { get; }

    public BodyMemory Bodies { get; }

    public AttemptRunner Attempts { get; }

    public PipelineRunner Pipelines { get; }

    public Outbox Outbox { get; }

    public DelayedMessages Delayed { get; }

    public TargetTable Targets
    {
        get => _targets;
        set => _targets = value;
    }

    /// <summary>Takes the message's place in its lane before the journal is asked, so that the lane's order is the order of the ids.</summary>
    public void Reserve(ActiveMessage message)
    {
        lock (Dispatcher.Sync)
        {
            message.Stage = MessageStage.Committing;
            Groups?.Reserved(message);
            if (message.Key.Length > 0) Lanes.Get(message.PipelineName, message.Key).Insert(message);
            Room.Entered();
            Dispatcher.Pending++;
        }
    }

    /// <summary>The journal has it.</summary>
    /// <param name="message">Reserved before.</param>
    /// <param name="outcome">Null when the pipeline has yet to run or to end.</param>
    /// <param name="place">What the store has said of it.</param>
    /// <returns>False when it is another node's to work on.</returns>
    public bool Committed(ActiveMessage message, PipelineOutcome? outcome, in LanePlace place)
    {
        lock (Dispatcher.Sync)
        {
            Groups?.Answered(message);
            if (Groups is not null && !Groups.TryEnter(message, place))
            {
                Withdraw(message);
                return false;
            }

            Dispatcher.Pending--;
            message.Stage = MessageStage.Waiting;
            if (outcome is not null) message.Deliveries = MakeDeliveries(message, outcome);
            Bodies.Hold(message);
            GoOn(message);
            Dispatcher.SignalQuiet();
            return true;
        }
    }

    /// <summary>The journal does not have it: it repeats another, or could not be written.</summary>
    public void Withdrawn(ActiveMessage message)
    {
        lock (Dispatcher.Sync)
        {
            Groups?.Answered(message);
            Withdraw(message);
        }
    }

    /// <summary>Takes in a message that its source keeps until it has ended.</summary>
    /// <param name="unacked">Its outcome is null when the pipeline has yet to run or to end.</param>
    public void Take(UnackedMessage unacked)
    {
        var message = unacked.Message;
        var deliveries = unacked.Outcome is { } outcome ? MakeDeliveries(message, outcome) : null;
        lock (Dispatcher.Sync)
        {
            message.InJournal = false;
            message.Stage = MessageStage.Waiting;
            message.Deliveries = deliveries;
            Unacked.Add(unacked);
            if (message.Key.Length > 0) Lanes.Get(message.PipelineName, message.Key).Insert(message);
            Room.Entered();
            Bodies.Hold(message);

            // What waits for a message of the journal may wait for long.
            if (message.Lane is { IsHeld: true } || message.BeforeInLane is { Unacked: null }) Unacked.Journal(unacked, null);
            GoOn(message);
        }
    }

    /// <summary>A step ended a message that its source keeps.</summary>
    public void CountFiltered(string pipeline)
    {
        lock (Dispatcher.Sync) Unacked.Counts.Filtered(pipeline);
    }

    /// <summary>A message's pipeline ended after it was taken in.</summary>
    /// <returns>False when the outcome is for the journal to keep.</returns>
    public bool TakeOutcome(ActiveMessage message, PipelineOutcome outcome)
    {
        lock (Dispatcher.Sync)
        {
            if (message.Unacked is not { } unacked) return false;
            if (!outcome.IsPlain && outcome.State != MessageState.Filtered)
            {
                Unacked.Journal(unacked, null);
                return false;
            }

            unacked.Outcome = outcome;
            OutcomeWritten(message, outcome);
            return true;
        }
    }

    /// <summary>Something other than success was learnt of a message; under the lock.</summary>
    /// <returns>False when the journal is closed.</returns>
    public bool TryRecord(ActiveMessage message, JournalOperation learnt)
    {
        try
        {
            if (message.Unacked is { } unacked) return Unacked.Journal(unacked, learnt);
            _journal.Post(learnt);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>A message is going to wait for something: its source is not asked to keep it meanwhile; under the lock.</summary>
    public void BeforeWait(ActiveMessage message)
    {
        if (message.Unacked is { } unacked) Unacked.Journal(unacked, null);
    }

    /// <summary>Takes over a message that the journal holds open.</summary>
    /// <param name="open">As the journal gave it.</param>
    /// <param name="pipeline">The version it will run with; null when there is none any more.</param>
    /// <param name="replayed">True after a replay, when the retry policy starts anew; false after a start.</param>
    /// <param name="isRead">It was read while its group begins on this node.</param>
    public void Adopt(OpenMessage open, PipelineDefinition? pipeline, bool replayed, bool isRead = false)
    {
        var message = new ActiveMessage(this, open.Message, pipeline) { WaitsFrom = replayed ? _clock.GetUtcNow() : open.Message.ReceivedAt };
        if (open.Outcome is not null)
        {
            message.Deliveries = new ActiveDelivery[open.Pending.Count];
            for (var i = 0; i < open.Pending.Count; i++) message.Deliveries[i] = Adopt(message, open.Pending[i], replayed);
        }

        lock (Dispatcher.Sync)
        {
            if (Groups is not null && !(isRead ? Groups.TryAdopt(message, open.Place) : Groups.TryEnter(message, open.Place))) return;
            if (message.Key.Length > 0) Lanes.Get(message.PipelineName, message.Key).Insert(message);
            Room.Entered();
            message.Stage = MessageStage.Waiting;
            Bodies.Hold(message);
            GoOn(message);
        }
    }

    /// <summary>The outcome of a pipeline that ran after its message was accepted is durable.</summary>
    public void OutcomeWritten(ActiveMessage message, PipelineOutcome outcome)
    {
        lock (Dispatcher.Sync)
        {
            message.PipelineBusy = false;
            message.Unwritten = null;
            if (message.IsDropped) return;
            Bodies.Release(message);
            message.Deliveries = MakeDeliveries(message, outcome);
            Bodies.Hold(message);
            if (message is { Stage: MessageStage.Running, IsLeaving: false } && Begin(message)) Finish(message);
        }
    }

    /// <summary>The journal says that a delivery is no longer pending: nothing is left to do for it; under the lock.</summary>
    public void Vanished(ActiveDelivery delivery)
    {
        delivery.Stage = DeliveryStage.Settled;
        DeliveryEnded(delivery);
    }

    /// <summary>A delivery's due time has come; under the lock.</summary>
    public void Due(ActiveDelivery delivery)
    {
        if (delivery.Stage != DeliveryStage.Delayed || delivery.IsDropped) return;
        if (delivery.DelayedAt is { } gate) gate.Delayed--;
        if (!MakeReady(delivery)) DeliveryEnded(delivery);
    }

    /// <summary>A delivery is settled or dead; under the lock.</summary>
    public void DeliveryEnded(ActiveDelivery delivery)
    {
        if (--delivery.Message.Remaining == 0) Finish(delivery.Message);
    }

    /// <summary>The delivery's next attempt is at a time, or at once; under the lock.</summary>
    public void RetryAt(ActiveDelivery delivery, DateTimeOffset due)
    {
        delivery.NotBefore = due;
        if (!MakeReady(delivery)) DeliveryEnded(delivery);
    }

    /// <summary>A delivery is given up: its lane is held when its system asks for that; under the lock.</summary>
    public void MarkDead(ActiveDelivery delivery, AfterDead afterDead)
    {
        delivery.Stage = DeliveryStage.Dead;
        if (afterDead == AfterDead.Hold) delivery.Message.Lane?.Hold(delivery.Id);
    }

    /// <summary>A delivery reached its target; under the lock.</summary>
    public void MarkSettled(ActiveDelivery delivery)
    {
        delivery.Stage = DeliveryStage.Settled;
        delivery.Message.Lane?.Release(delivery.Id);
    }

    private ActiveDelivery Adopt(ActiveMessage message, PendingDelivery pending, bool replayed)
    {
        // More attempts than the policy has, and yet pending: it was replayed before the hub started again.
        var exhausted = pending.Attempts >= (Targets.Find(pending.Record.Destination)?.Gate.Retry.MaxAttempts ?? 1);
        return new ActiveDelivery(this, message, pending.Id.Index, pending.Record)
        {
            Attempts = pending.Attempts,
            AttemptsBefore = replayed || exhausted ? pending.Attempts : 0,
            NotBefore = pending.Due,
        };
    }

    private ActiveDelivery[] MakeDeliveries(ActiveMessage message, PipelineOutcome outcome)
    {
        var count = outcome.Deliveries.Count;
        if (count == 0) return [];
        var deliveries = new ActiveDelivery[count];
        for (var i = 0; i < count; i++) deliveries[i] = new ActiveDelivery(this, message, i, outcome.Deliveries[i]);
        return deliveries;
    }

    private void GoOn(ActiveMessage message)
    {
        if (message.Lane is { } lane) Advance(lane);
        else if (Groups?.MayRun(message) != false && Begin(message)) Finish(message);
    }

    private void Advance(Lane lane)
    {
        while (lane.Current is null && lane.Next() is { Stage: MessageStage.Waiting } message && Groups?.MayRun(message) != false)
        {
            lane.Current = message;
            if (Begin(message)) End(message);
        }

        if (lane.Current is null) Lanes.RemoveIfEmpty(lane);
    }

    /// <returns>True when nothing is left to do.</returns>
    private bool Begin(ActiveMessage message)
    {
        if (message.Deliveries is not { } deliveries)
        {
            message.Stage = MessageStage.Running;
            if (!message.PipelineBusy) Pipelines.Enqueue(message);
            return false;
        }

        message.Stage = MessageStage.Delivering;
        message.Remaining = deliveries.Length;
        foreach (var delivery in deliveries)
        {
            if (!MakeReady(delivery)) message.Remaining--;
        }

        return message.Remaining == 0;
    }

    private void Finish(ActiveMessage message)
    {
        var lane = message.Lane;
        End(message);
        if (lane is not null) Advance(lane);
    }

    private void End(ActiveMessage message)
    {
        message.Stage = MessageStage.Done;
        message.Lane?.Remove(message);
        if (message.Unacked is { } unacked) Unacked.Succeeded(unacked);
        Groups?.Leave(message);
        Bodies.Release(message);
        Room.Left();
    }

    private void Withdraw(ActiveMessage message)
    {
        Dispatcher.Pending--;
        var lane = message.Lane;
        End(message);
        if (lane is not null) Advance(lane);
        Dispatcher.SignalQuiet();
    }

    /// <returns>False when its endpoint is gone from the configuration and it is dead.</returns>
    private bool MakeReady(ActiveDelivery delivery)
    {
        // The next attempt is another node's.
        if (delivery.Message.IsLeaving) return true;
        if (delivery.NotBefore is { } due)
        {
            var wait = due - _clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
            {
                delivery.Stage = DeliveryStage.Delayed;
                delivery.DelayedAt = Targets.Find(delivery.Destination)?.Gate;
                if (delivery.DelayedAt is { } gate) gate.Delayed++;
                Dispatcher.Timers.Schedule(delivery, Dispatcher.Timers.Now + wait);
                return true;
            }
        }

        if (Targets.Find(delivery.Destination) is { Sender: not null } target)
        {
            delivery.Stage = DeliveryStage.Ready;
            Dispatcher.Add(target.Gate, delivery);
            return true;
        }

        GiveUpForGood(delivery);
        return false;
    }

    /// <summary>Its endpoint is gone: dead with that reason, so that it is seen, and can be replayed when the endpoint is back; under the lock.</summary>
    public void GiveUpForGood(ActiveDelivery delivery)
    {
        var gone = Finding.Error("DLV605", SourcePosition.None, string.Empty, ("endpoint", delivery.Destination.ToString()));
        delivery.Attempts++;
        TryRecord(delivery.Message, new DeadLetterOperation(delivery.Id, new AttemptRecord(delivery.Attempts, _clock.GetUtcNow(), false, gone)));
        _metrics.Dead(delivery.Message.PipelineName);
        MarkDead(delivery, AfterDead.Continue);
    }
}
