using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Pipelines;
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
        var record = new MessageRecord
        {
            Id = run.Id,
            Pipeline = pipeline.Name,
            Endpoint = endpoint,
            Key = key,
            DedupeKey = dedupeKey,
            Body = run.Body,
            Original = original,
            Attributes = run.Attributes,
            Revision = revision,
            ReceivedAt = run.Now,
        };
        var waits = false;
        if (!identified) outcome = new PipelineOutcome { State = MessageState.Dead, Findings = [finding!], Revision = revision };
        else if (!(flow.Pipelines.IsFull && MayAsk(pipeline)))
        {
            running = pipeline.RunAsync(run, flow.Pipelines.Stopping);
            if (running.IsCompletedSuccessfully) outcome = running.Result;
            else waits = true;
        }

        ActiveMessage? message = null;
        if (outcome is null or { State: MessageState.Open })
        {
            message = new ActiveMessage(flow, record, pipeline);
            flow.Reserve(message);
            if (waits) flow.Pipelines.Begun(message);
        }

        if (!waits) run.Dispose();
        return new Admission(new AcceptOperation(record, outcome), message, waits ? run : null, waits ? running : default);
    }

    /// <summary>What is not accepted, a record, a file or the rest of one: dead with its bytes, and the same bytes of the same place only once.</summary>
    public Admission Unreadable(
        PipelineDefinition pipeline, EndpointName endpoint, ReadOnlyMemory<byte> original, MessageAttributes attributes, IReadOnlyList<Finding> findings, string revision) =>
        new(
            new AcceptOperation(
                new MessageRecord
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
                },
                new PipelineOutcome { State = MessageState.Dead, Findings = findings, Revision = revision }),
            null,
            null,
            default);

    /// <summary>The journal has answered: what was accepted goes on, before anybody is told.</summary>
    public AcceptedMessage Committed(in Admission admission)
    {
        var operation = admission.Operation;
        var record = operation.Message;
        context.Metrics.Received(record.Pipeline);
        if (operation.DuplicateOf != MessageId.None)
        {
            context.Metrics.Duplicate(record.Pipeline);
            Drop(admission);
            return new AcceptedMessage(operation.DuplicateOf, record.Pipeline, true);
        }

        if (operation.Outcome?.State == MessageState.Filtered) context.Metrics.Filtered(record.Pipeline);
        else if (operation.Outcome?.State == MessageState.Dead) context.Metrics.Dead(record.Pipeline);
        if (admission.Message is { } message)
        {
            flow.Committed(message, operation.Outcome);
            if (admission.Run is { } run) _ = flow.Pipelines.FinishAsync(message, run, admission.Running);
        }

        return new AcceptedMessage(record.Id, record.Pipeline, false);
    }

    /// <summary>The journal did not take it.</summary>
    public void Drop(in Admission admission)
    {
        if (admission.Message is not { } message) return;
        flow.Withdrawn(message);
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
