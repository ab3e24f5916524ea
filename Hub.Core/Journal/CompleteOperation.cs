using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>Records what a pipeline made of a message that was accepted earlier. A message that is closed or has its outcome already stays as it is.</summary>
public sealed class CompleteOperation(MessageId message, PipelineOutcome outcome) : JournalOperation
{
    public MessageId Message { get; } = message;

    public PipelineOutcome Outcome { get; } = outcome;

    public override int Size => 128 + Outcome.Size;
}
