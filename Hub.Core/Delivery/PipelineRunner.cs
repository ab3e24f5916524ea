using Hub.Abstractions;
using Hub.Core.Configuration;
using Hub.Core.Journal;
using Hub.Core.Messaging;
using Hub.Core.Pipelines;
using Hub.Core.Xrefs;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Json;

namespace Hub.Core.Delivery;

/// <summary>
/// Runs the pipelines of messages that were accepted without an outcome: those that have to ask another system, those that
/// have to run again, and those of a replay or a start. An outcome is durable before its first delivery goes out, so that a
/// crash cannot give a delivery's identity to something else.
/// </summary>
internal sealed class PipelineRunner : IDisposable
{
    /// <summary>Runs at the same time: each holds the buffers of one message.</summary>
    private const int Concurrency = 64;

    private static readonly TimeSpan JournalPause = TimeSpan.FromSeconds(1);

    /// <summary>What the journal holds has passed the endpoint's limits when it came in.</summary>
    private static readonly ReaderOptions Accepted = ReaderOptions.Default with { MaxDocumentBytes = int.MaxValue, MaxDepth = 1_000 };

    private readonly MessageFlow _flow;
    private readonly FlowContext _context;
    private readonly Dispatcher _dispatcher;
    private readonly Gate _gate;
    private readonly CancellationTokenSource _stop = new();

    public PipelineRunner(MessageFlow flow, FlowContext context)
    {
        _flow = flow;
        _context = context;
        _dispatcher = context.Dispatcher;
        Holds = new XrefHolds(_dispatcher, Enqueue);
        _gate = new Gate("pipelines", _dispatcher);
        _gate.Configure(
            new LimitsDefinition(null, Concurrency, Timeout.InfiniteTimeSpan), RetryDefinition.None, BreakerDefinition.Default, AfterDead.Continue);
    }

    /// <summary>The messages that wait for entries of the identity map; under the lock.</summary>
    public XrefHolds Holds { get; }

    /// <summary>Cancelled when the hub gives up waiting for runs at its stop.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>As many runs wait for other systems as may; a pipeline that could join them is accepted without being run.</summary>
    public bool IsFull => _gate.Running >= Concurrency;

    public int Running => _gate.Running;

    public int Waiting => _gate.Waiting;

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    /// <summary>The pipeline is to run as soon as there is room; under the lock.</summary>
    public void Enqueue(ActiveMessage message)
    {
        if (message.IsDropped) return;
        message.PipelineBusy = true;
        _dispatcher.Add(_gate, message);
    }

    public void Run(ActiveMessage message) => _ = RunAsync(message);

    /// <summary>A run was begun at the ingress and has to wait for another system: it goes on here once the message is durable.</summary>
    public void Begun(ActiveMessage message)
    {
        lock (_dispatcher.Sync)
        {
            message.PipelineBusy = true;
            _dispatcher.Enter(_gate, message);
        }
    }

    /// <summary>The message turned out not to be accepted; what its run brings is not wanted.</summary>
    public async Task DropAsync(ActiveMessage message, PipelineRun run, ValueTask<PipelineOutcome> running)
    {
        try
        {
            await running.ConfigureAwait(false);
        }
        catch (Exception error) when (error is HubException or OperationCanceledException)
        {
            // Whatever happened, it happened to a message that is not there.
        }
        finally
        {
            run.Dispose();
            Leave(message);
        }
    }

    /// <summary>Finishes a run that was begun at the ingress.</summary>
    public async Task FinishAsync(ActiveMessage message, PipelineRun run, ValueTask<PipelineOutcome> running)
    {
        try
        {
            var outcome = await OutcomeAsync(message, run, running).ConfigureAwait(false);
            if (outcome is not null) await WriteAsync(message, outcome).ConfigureAwait(false);
        }
        finally
        {
            Leave(message);
        }
    }

    /// <summary>A run failed for a reason that may pass.</summary>
    /// <returns>The dead outcome when it was the last run; null when another follows.</returns>
    public PipelineOutcome? FailedRun(ActiveMessage message, PipelineRun run, TransientException error)
    {
        var now = _context.Clock.GetUtcNow();
        DateTimeOffset? due;
        // The breaker let nothing out: that was no attempt, and it costs none.
        // Nor is one that asked nobody: the hub's own journal could not be read, and will be.
        if (error.Finding.Code == RequestGateway.PausedCode || run.Asked is null) due = now + (error.RetryAfter ?? JournalPause);
        else
        {
            message.FailedRuns++;
            var asked = _flow.Targets.Find(run.Asked.Value)?.Gate.Retry;
            double lottery;
            lock (_context.Random) lottery = _context.Random.NextDouble();
            due = RetryPolicy.Decide(asked ?? RetryDefinition.Default, message.FailedRuns, true, error.RetryAfter, lottery, now).Due;
        }

        if (due is null) return Dead(message, error.Finding);
        lock (_dispatcher.Sync)
        {
            _flow.BeforeWait(message);
            ScheduleAgain(message, due.Value - now);
        }

        return null;
    }

    private static PipelineOutcome Dead(ActiveMessage message, Finding finding) => new()
    {
        State = MessageState.Dead,
        Findings = [finding],
        Revision = message.Pipeline?.Revision ?? string.Empty,
    };

    private async Task RunAsync(ActiveMessage message)
    {
        try
        {
            var outcome = message.Unwritten ?? await RunPipelineAsync(message).ConfigureAwait(false);
            if (outcome is not null) await WriteAsync(message, outcome).ConfigureAwait(false);
        }
        finally
        {
            Leave(message);
        }
    }

    private async Task<PipelineOutcome?> RunPipelineAsync(ActiveMessage message)
    {
        if (message.Pipeline is not { } pipeline)
        {
            return Dead(message, Finding.Error("DLV606", SourcePosition.None, string.Empty, ("pipeline", message.PipelineName)));
        }

        ReadOnlyMemory<byte> body;
        try
        {
            body = await BodyAsync(message).ConfigureAwait(false);
        }
        catch (JournalException error)
        {
            FlowLog.BodiesUnread(_context.Logger, 1, error.Message);
            lock (_dispatcher.Sync) ScheduleAgain(message, JournalPause);
            return null;
        }

        var run = _context.Runs.Rent();
        if (!JsonTapeReader.TryRead(body, run.Builder, Accepted, out var broken))
        {
            run.Dispose();
            return Dead(message, broken);
        }

        run.Body = body;
        run.Id = message.Id;
        run.Attributes = message.Attributes;
        run.Now = message.ReceivedAt;
        return await OutcomeAsync(message, run, pipeline.RunAsync(run, Stopping)).ConfigureAwait(false);
    }

    /// <returns>Null when the pipeline will run again, or the hub stops.</returns>
    private async Task<PipelineOutcome?> OutcomeAsync(ActiveMessage message, PipelineRun run, ValueTask<PipelineOutcome> running)
    {
        try
        {
            return await running.ConfigureAwait(false);
        }
        catch (TransientException error)
        {
            return FailedRun(message, run, error);
        }
        catch (HeldException held)
        {
            var until = message.WaitsFrom + held.HoldFor;
            if (until <= _context.Clock.GetUtcNow()) return Dead(message, Impatient(held));
            lock (_dispatcher.Sync) _flow.BeforeWait(message);
            message.Held = held;
            return null;
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception error)
        {
            FlowLog.PipelineFailed(_context.Logger, message.PipelineName, message.Id, error);
            return Dead(message, AttemptFailure.Unknown("DLV607", error));
        }
        finally
        {
            run.Dispose();
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> BodyAsync(ActiveMessage message)
    {
        if (!message.BodyEvicted) return message.Body;
        var view = await _context.Store.FindAsync(message.Id, CancellationToken.None).ConfigureAwait(false);
        return view?.Message.Body ?? default;
    }

    private async Task WriteAsync(ActiveMessage message, PipelineOutcome outcome)
    {
        if (_flow.TakeOutcome(message, outcome))
        {
            if (outcome.State == MessageState.Filtered) _context.Metrics.Filtered(message.PipelineName);
            return;
        }

        try
        {
            await CommitAsync(message, outcome).ConfigureAwait(false);
            if (message.IsDropped) return;
        }
        catch (ObjectDisposedException)
        {
            // The hub stops: the pipeline runs again after the next start.
            return;
        }
        catch (JournalException error) when (error.Finding.Code == JournalException.NotOpen)
        {
            // Somebody else has finished it, effects and all.
            _flow.OutcomeWritten(message, outcome with { Effects = null, Deliveries = [] });
            return;
        }
        catch (JournalException error) when (error.IsConflict)
        {
            // What the handler read has changed since: it is run again on what is there now.
            MessagingLog.RunsAgain(_context.Logger, message.Id, error.Finding);
            lock (_dispatcher.Sync)
            {
                message.Unwritten = null;
                ScheduleAgain(message, JournalPause);
            }

            return;
        }
        catch (JournalException error) when (error.IsRefusal && outcome.State != MessageState.Dead)
        {
            // An outcome the journal will never take: the message is dead for that reason, and says so.
            await WriteAsync(message, Dead(message, error.Finding)).ConfigureAwait(false);
            return;
        }
        catch (JournalException error)
        {
            FlowLog.OutcomeUnwritten(_context.Logger, message.Id, error.Finding);
            lock (_dispatcher.Sync)
            {
                message.Unwritten = outcome;
                ScheduleAgain(message, JournalPause);
            }

            return;
        }

        if (outcome.State == MessageState.Filtered) _context.Metrics.Filtered(message.PipelineName);
        else if (outcome.State == MessageState.Dead) _context.Metrics.Dead(message.PipelineName);
        _flow.OutcomeWritten(message, outcome);
    }

    private async Task CommitAsync(ActiveMessage message, PipelineOutcome outcome)
    {
        var complete = new CompleteOperation(message.Id, outcome) { At = _context.Clock.GetUtcNow(), MustBeOpen = outcome.Effects is not null };
        if (outcome.Effects is { } effects) await _flow.Outbox.CommitAsync([complete, .. effects.States], effects.Outgoing).ConfigureAwait(false);
        else
        {
            ValueTask commit;
            lock (_dispatcher.Sync)
            {
                // Under the lock: once another node works on it, nothing more is told to the journal.
                if (message.IsDropped) return;
                commit = _context.Journal.CommitAsync(complete);
            }

            await commit.ConfigureAwait(false);
        }
    }

    private void ScheduleAgain(ActiveMessage message, TimeSpan wait)
    {
        message.PipelineBusy = true;
        _dispatcher.Timers.Schedule(message, _dispatcher.Timers.Now + wait);
    }

    private static Finding Impatient(HeldException held) =>
        held.Finding with
        {
            Code = "XRF405",
            Severity = Severity.Error,
            Arguments = new Dictionary<string, string>(held.Finding.Arguments, StringComparer.Ordinal) { ["wait"] = Durations.Text(held.HoldFor) },
        };

    private void Leave(ActiveMessage message)
    {
        HeldMessage? held = null;
        lock (_dispatcher.Sync)
        {
            _dispatcher.Leave(message);
            if (message.IsDropped || message.IsLeaving) message.Held = null;
            _flow.Left(message);
            if (message.Held is not { } reason) return;
            message.Held = null;
            message.PipelineBusy = true;
            held = new HeldMessage(message, reason, Holds.GoOn);
            Holds.Add(held, message.WaitsFrom + reason.HoldFor - _context.Clock.GetUtcNow());
            _dispatcher.Pending++;
        }

        _ = LookAgainAsync(held);
    }

    /// <summary>An entry may have come between the run's question and its place among the held ones.</summary>
    private async Task LookAgainAsync(HeldMessage held)
    {
        var isThere = false;
        try
        {
            isThere = (await _context.Store.FindXrefsAsync(held.Reason.Keys, Stopping).ConfigureAwait(false)).Count > 0;
        }
        catch (JournalException)
        {
            // The journal cannot be read: the run that follows meets that, and is repeated.
            isThere = true;
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            // The hub stops: the message is open, and runs again after the next start.
        }

        lock (_dispatcher.Sync)
        {
            if (isThere) Holds.GoOn(held);
            _dispatcher.Pending--;
            _dispatcher.SignalQuiet();
        }
    }
}
