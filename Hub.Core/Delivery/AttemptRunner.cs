using System.Diagnostics;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Hub.Core.Claims;
using Hub.Core.Journal;
using Hub.Core.Runtime;

namespace Hub.Core.Delivery;

/// <summary>Runs attempts and draws the conclusions: settled, another attempt at a time, or dead.</summary>
internal sealed class AttemptRunner(MessageFlow flow, FlowContext context)
{
    private readonly Journal.Journal _journal = context.Journal;
    private readonly Dispatcher _dispatcher = context.Dispatcher;
    private readonly TimeProvider _clock = context.Clock;
    private readonly Random _random = context.Random;
    private readonly HubMetrics _metrics = context.Metrics;
    private volatile bool _stopping;

    /// <summary>From now on an attempt that is cancelled has not failed: it is repeated after the next start.</summary>
    public void Stop() => _stopping = true;

    /// <summary>The delivery's system lets it through: from here on its connection is in use; under the lock.</summary>
    public void Entered(ActiveDelivery delivery)
    {
        delivery.Stage = DeliveryStage.Running;
        delivery.Target = flow.Targets.Find(delivery.Destination) is { Sender: not null } target ? target : null;
        delivery.Target?.Connection.Use();
    }

    public void Start(ActiveDelivery delivery)
    {
        if (delivery.Target?.Sender is not { } sender)
        {
            lock (_dispatcher.Sync)
            {
                delivery.Gate!.Breaker.Abandoned(delivery.Probe);
                if (!delivery.Message.IsDropped)
                {
                    flow.GiveUpForGood(delivery);
                    flow.DeliveryEnded(delivery);
                }

                _dispatcher.Leave(delivery);
                flow.Left(delivery.Message);
            }

            return;
        }

        var outgoing = Outgoing(delivery);
        delivery.StartedAt = _clock.GetTimestamp();
        var activity = _metrics.StartSend(outgoing, delivery.Destination);
        ValueTask send;
        try
        {
            FaultPoint.Reach(FaultPoint.Sending);
            send = sender.SendAsync(outgoing, delivery.Cancellation!.Token);
            if (send.IsCompletedSuccessfully && activity is null)
            {
                send.GetAwaiter().GetResult();
                Succeeded(delivery);
                return;
            }
        }
        catch (Exception error)
        {
            activity?.Dispose();
            Failed(delivery, error);
            return;
        }

        _ = FinishAsync(delivery, send, activity);
    }

    private async Task FinishAsync(ActiveDelivery delivery, ValueTask send, Activity? activity)
    {
        try
        {
            await send.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            activity?.Dispose();
            Failed(delivery, error);
            return;
        }

        activity?.Dispose();
        Succeeded(delivery);
    }

    private void Succeeded(ActiveDelivery delivery)
    {
        FaultPoint.Reach(FaultPoint.Sent);

        // Told to the journal first: who sees the message gone from memory finds the journal on its way.
        var wasUnacked = delivery.Message.Unacked is not null;
        var isShared = flow.Groups is not null;
        if (!wasUnacked && !isShared && !TryPost(Settled(delivery))) return;
        _metrics.Delivered(delivery, _clock.GetElapsedTime(delivery.StartedAt));
        lock (_dispatcher.Sync)
        {
            if (TryForget(delivery)) return;

            // It may have become the journal's while it was sent.
            if ((wasUnacked || isShared) && delivery.Message.Unacked is null && !TryPost(Settled(delivery))) return;
            var gate = End(delivery);
            gate.Breaker.Answered(delivery.Probe);
            flow.MarkSettled(delivery);
            flow.DeliveryEnded(delivery);
            _dispatcher.Leave(delivery);
            flow.Left(delivery.Message);
        }
    }

    private void Failed(ActiveDelivery delivery, Exception error)
    {
        var gate = delivery.Gate!;
        if (_stopping && error is OperationCanceledException && !delivery.TimedOut)
        {
            lock (_dispatcher.Sync)
            {
                End(delivery);
                gate.Breaker.Abandoned(delivery.Probe);
                _dispatcher.Leave(delivery);
                if (!delivery.IsDropped) _dispatcher.Add(gate, delivery);
                flow.Left(delivery.Message);
            }

            return;
        }

        var failure = AttemptFailure.Of(error, delivery.TimedOut, gate);
        var now = _clock.GetUtcNow();
        delivery.Attempts++;
        var attempt = new AttemptRecord(delivery.Attempts, now, failure.Transient, failure.Finding);
        var next = RetryPolicy.Decide(
            gate.Retry, delivery.Attempts - delivery.AttemptsBefore, failure.Transient, failure.RetryAfter, Lottery(), now);
        JournalOperation failed = next.Due is { } due ? new RescheduleOperation(delivery.Id, attempt, due) : new DeadLetterOperation(delivery.Id, attempt);
        var wasUnacked = delivery.Message.Unacked is not null;
        var isShared = flow.Groups is not null;
        if (!wasUnacked && !isShared && !TryPost(failed)) return;
        _metrics.Failed(delivery, next.GivesUp);
        FlowLog.AttemptFailed(context.Logger, delivery.Id, delivery.Destination, delivery.Attempts, next.Due, failure.Finding);
        lock (_dispatcher.Sync)
        {
            if (TryForget(delivery)) return;
            if ((wasUnacked || isShared) && !flow.TryRecord(delivery.Message, failed)) return;
            End(delivery);
            if (!failure.Transient) gate.Breaker.Answered(delivery.Probe);
            else if (gate.Breaker.Failed(delivery.Probe, _dispatcher.Timers.Now)) FlowLog.BreakerOpened(context.Logger, gate.Name, gate.Breaker.Definition.Open);
            if (next.Due is { } again)
            {
                delivery.Stage = DeliveryStage.Waiting;
                flow.Bodies.Waits(delivery);
                flow.RetryAt(delivery, again);
            }
            else
            {
                flow.MarkDead(delivery, gate.AfterDead);
                flow.DeliveryEnded(delivery);
            }

            _dispatcher.Leave(delivery);
            flow.Left(delivery.Message);
        }
    }

    /// <summary>Another node works on it: what came of this attempt is not told to the journal, which would not take it; under the lock.</summary>
    private bool TryForget(ActiveDelivery delivery)
    {
        if (!delivery.Message.IsDropped) return false;
        End(delivery).Breaker.Abandoned(delivery.Probe);
        _dispatcher.Leave(delivery);
        return true;
    }

    private SettleOperation Settled(ActiveDelivery delivery) => new(delivery.Id, _clock.GetUtcNow()) { Identity = delivery.Identity };

    /// <returns>False when the journal is closed: the attempt ended after the hub's stop had given up waiting, and is made again after the next start.</returns>
    private bool TryPost(JournalOperation operation)
    {
        try
        {
            _journal.Post(operation);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>The attempt no longer uses its connection; under the lock.</summary>
    private static Gate End(ActiveDelivery delivery)
    {
        delivery.Target!.Connection.Release();
        delivery.Target = null;
        return delivery.Gate!;
    }

    private OutgoingMessage Outgoing(ActiveDelivery delivery)
    {
        var message = delivery.Message;
        return new OutgoingMessage
        {
            Id = message.Id,
            IdempotencyKey = delivery.IdempotencyKey,
            Pipeline = message.PipelineName,
            Key = message.Key,
            Body = delivery.Body,
            Claim = message.Attributes.Claim is { } claim ? Claim(claim) : null,
            Attributes = message.Attributes,
            ReceivedAt = message.ReceivedAt,
            Attempt = delivery.Attempts + 1,
        };
    }

    private StoredClaim? Claim(string text) =>
        context.Claims is { } store && ClaimReference.TryParse(text, out var reference) ? new StoredClaim(store, reference) : null;

    private double Lottery()
    {
        lock (_random) return _random.NextDouble();
    }
}
