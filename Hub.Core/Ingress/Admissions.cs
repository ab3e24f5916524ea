using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Pipelines;
using Hub.Core.Runtime;
using Mappings.Diagnostics;

namespace Hub.Core.Ingress;

/// <summary>Makes admissions of records and carries them out: the same for one document and for files of many records.</summary>
internal sealed class Admissions(FlowContext context, MessageFlow flow)
{
    private readonly Journal.Journal _journal = context.Journal;

    /// <summary>
    /// Identifies a record and runs its pipeline as far as it goes at once. The run is given back unless the pipeline waits
    /// for another system.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="run">Its document, body, attributes and time are set.</param>
    /// <param name="endpoint">Where the record came in.</param>
    /// <param name="original">The bytes as they arrived, when they are not the body.</param>
    /// <param name="revision">Of the configuration.</param>
    public Admission Admit(PipelineDefinition pipeline, PipelineRun run, EndpointName endpoint, ReadOnlyMemory<byte> original, string revision)
    {
        run.Id = _journal.Ids.Next();
        PipelineOutcome? outcome = null;
        ValueTask<PipelineOutcome> running = default;
        var identified = pipeline.TryIdentify(run, out var key, out var dedupeKey, out var finding);

        // What its source keeps is not known to the journal, and no duplicate of it is: it is told from others by its targets.
        var isKept = pipeline.Durability == Durability.Broker && identified;
        var record = new MessageRecord
        {
            Id = run.Id,
            Pipeline = pipeline.Name,
            Endpoint = endpoint,
            Key = key,
            DedupeKey = isKept ? null : dedupeKey,
            Body = run.Body,
            Original = original,
            Attributes = run.Attributes,
            Revision = revision,
            ReceivedAt = run.Now,
        };
        var waits = false;
        if (!identified) outcome = new PipelineOutcome { State = MessageState.Dead, Findings = [finding!], Revision = revision };
        else if (!pipeline.RunsInTurn && (!MayAsk(pipeline) || !(flow.Pipelines.IsFull || (!isKept && flow.IsForeign(pipeline.Name, key)))))
        {
            running = pipeline.RunAsync(run, flow.Pipelines.Stopping);
            if (running.IsCompletedSuccessfully) outcome = running.Result;
            else waits = true;
        }

        isKept &= outcome is null or { State: MessageState.Filtered } or { IsPlain: true };
        ActiveMessage? message = null;
        if (outcome is null or { State: MessageState.Open })
        {
            message = new ActiveMessage(flow, record, pipeline) { DeliveryKey = isKept && dedupeKey is not null ? DeliveryKeys.Of(pipeline.Name, dedupeKey) : null };
            if (!isKept) flow.Reserve(message);
            if (waits) flow.Pipelines.Begun(message);
        }

        if (!waits) run.Dispose();
        return new Admission(record, outcome, isKept ? null : new AcceptOperation(record, outcome), message, waits ? run : null, waits ? running : default);
    }

    /// <summary>What is not accepted, a record, a file or the rest of one: dead with its bytes, and the same bytes of the same place only once.</summary>
    public Admission Unreadable(
        PipelineDefinition pipeline, EndpointName endpoint, ReadOnlyMemory<byte> original, MessageAttributes attributes, IReadOnlyList<Finding> findings, string revision)
    {
        var record = new MessageRecord
        {
            Id = _journal.Ids.Next(),
            Pipeline = pipeline.Name,
            Endpoint = endpoint,
            Key = string.Empty,
            DedupeKey = UnreadableKey.Of(original.Span, attributes),
            Body = default,
            Original = original,
            Attributes = attributes,
            Revision = revision,
            ReceivedAt = context.Clock.GetUtcNow(),
        };
        var outcome = new PipelineOutcome { State = MessageState.Dead, Findings = findings, Revision = revision };
        return new Admission(record, outcome, new AcceptOperation(record, outcome), null, null, default);
    }

    /// <summary>The journal has answered, or need not be asked: what was accepted goes on, before anybody is told.</summary>
    /// <param name="admission">What was to be accepted.</param>
    /// <param name="unacked">To be waited for with <see cref="EndAsync"/>; null for what the journal has.</param>
    public AcceptedMessage Committed(in Admission admission, out UnackedMessage? unacked)
    {
        unacked = null;
        var record = admission.Record;
        context.Metrics.Received(record.Pipeline);
        if (admission.Operation is { DuplicateOf: var first } && first != MessageId.None)
        {
            context.Metrics.Duplicate(record.Pipeline);
            Drop(admission);
            return new AcceptedMessage(first, record.Pipeline, true);
        }

        if (admission.Outcome?.State == MessageState.Filtered) context.Metrics.Filtered(record.Pipeline);
        else if (admission.Outcome?.State == MessageState.Dead) context.Metrics.Dead(record.Pipeline);
        if (admission.Message is { } message)
        {
            var isHere = true;
            if (admission.Operation is { } operation) isHere = flow.Committed(message, admission.Outcome, operation.Place);
            else flow.Take(unacked = new UnackedMessage(message, record) { Outcome = admission.Outcome });
            if (!isHere) FaultPoint.Reach(FaultPoint.Handover);
            if (admission.Run is { } run) _ = isHere ? flow.Pipelines.FinishAsync(message, run, admission.Running) : flow.Pipelines.DropAsync(message, run, admission.Running);
        }
        else if (admission.Operation is null) flow.CountFiltered(record.Pipeline);

        return new AcceptedMessage(record.Id, record.Pipeline, false);
    }

    /// <summary>Waits until a message's source may forget it.</summary>
    /// <returns>Why it may not; null when it may.</returns>
    public static async ValueTask<IngressResult?> EndAsync(UnackedMessage unacked)
    {
        try
        {
            return await unacked.Ended.ConfigureAwait(false) ? null : Refusals.Stopped();
        }
        catch (JournalException error)
        {
            return Refusals.NotWritten(error);
        }
    }

    /// <summary>The journal did not take it.</summary>
    public void Drop(in Admission admission)
    {
        if (admission.Message is not { } message) return;
        if (admission.Operation is not null) flow.Withdrawn(message);
        if (admission.Run is { } run) _ = flow.Pipelines.DropAsync(message, run, admission.Running);
    }

    /// <summary>It has a step that may have to wait for another system.</summary>
    public static bool MayAsk(PipelineDefinition pipeline)
    {
        var steps = pipeline.Steps;
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].MayAsk) return true;
        }

        return false;
    }
}
