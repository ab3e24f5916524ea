using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Pipelines;

namespace Hub.Core.Ingress;

/// <summary>One record on its way into one pipeline: what is to be committed, and what goes on when it is.</summary>
/// <param name="Record">The message.</param>
/// <param name="Outcome">What its pipeline made of it, when that is known.</param>
/// <param name="Operation">The acceptance; null when the journal is not asked, because the message's source keeps it.</param>
/// <param name="Message">What goes on; null when nothing is left to do once it is accepted.</param>
/// <param name="Run">A run that waits for another system; null when the pipeline has ended or has yet to begin.</param>
/// <param name="Running">The end of that run.</param>
internal readonly record struct Admission(
    MessageRecord Record, PipelineOutcome? Outcome, AcceptOperation? Operation, ActiveMessage? Message, PipelineRun? Run, ValueTask<PipelineOutcome> Running)
{
    /// <summary>Rough size in bytes.</summary>
    public int Size => Operation?.Size ?? Record.Body.Length;
}
