using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>Accepts a message, together with its pipeline's outcome when that is already known.</summary>
public sealed class AcceptOperation(MessageRecord message, PipelineOutcome? outcome) : JournalOperation
{
    public MessageRecord Message { get; } = message;

    /// <summary>Null when the pipeline has yet to run: the message stays open without deliveries.</summary>
    public PipelineOutcome? Outcome { get; } = outcome;

    /// <summary>Result: the message this one repeats, or none when it was accepted. A duplicate is counted and recorded, and nothing else of it is kept.</summary>
    public MessageId DuplicateOf { get; set; }

    public override int Size => 256 + Message.Body.Length + Message.Original.Length + (Outcome?.Size ?? 0);
}
