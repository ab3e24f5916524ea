using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Runtime;

namespace Hub.Core.Messaging;

/// <summary>
/// Commits what a handler did: the message's end, the saga's data, and each message it sends as a message of the pipeline
/// <c>ENDPOINT.outbox</c>, in one unit. What is sent to one destination keeps the saga's order; it keeps nothing else waiting.
/// </summary>
internal sealed class Outbox(MessageFlow flow, FlowContext context)
{
    public const string Suffix = ".outbox";

    /// <summary>Commits the operations and the messages as one unit, and lets the messages go on when they are durable.</summary>
    /// <exception cref="JournalException">Nothing of it was committed.</exception>
    public async Task CommitAsync(IReadOnlyList<JournalOperation> operations, IReadOnlyList<OutgoingEnvelope> outgoing)
    {
        var unit = new List<JournalOperation>(operations);
        var messages = new List<(ActiveMessage Message, AcceptOperation Operation)>();
        DateTimeOffset? due = null;
        foreach (var envelope in outgoing)
        {
            if (envelope.NotBefore is { } at && at > context.Clock.GetUtcNow())
            {
                unit.Add(DelayedMessages.Write(envelope, at, context.Journal.Ids.Next(), context.Clock.GetUtcNow()));
                if (due is null || at < due) due = at;
                continue;
            }

            var accept = Accept(envelope);
            unit.Add(accept);
            messages.Add((new ActiveMessage(flow, accept.Message, null), accept));
        }

        foreach (var (message, _) in messages) flow.Reserve(message);
        FaultPoint.Reach(FaultPoint.SagaCommit);
        try
        {
            await context.Journal.CommitAsync(unit).ConfigureAwait(false);
        }
        catch
        {
            foreach (var (message, _) in messages) flow.Withdrawn(message);
            throw;
        }

        foreach (var (message, accept) in messages)
        {
            context.Metrics.Received(accept.Message.Pipeline);
            flow.Committed(message, accept.Outcome, accept.Place);
        }

        if (due is { } first) flow.Delayed.Expect(first);
    }

    private AcceptOperation Accept(OutgoingEnvelope envelope)
    {
        var id = context.Journal.Ids.Next();
        var record = new MessageRecord
        {
            Id = id,
            Pipeline = envelope.From + Suffix,
            Endpoint = envelope.From,
            Key = envelope.Key.Length == 0 ? string.Empty : $"{envelope.Key} → {envelope.To}",
            Body = envelope.Body,
            Attributes = envelope.Attributes with { EventId = id.ToString() },
            Revision = envelope.Revision,
            ReceivedAt = context.Clock.GetUtcNow(),
        };
        return new AcceptOperation(record, new PipelineOutcome { State = MessageState.Open, Deliveries = [new DeliveryRecord(envelope.To, 0, null)], Revision = envelope.Revision });
    }
}
