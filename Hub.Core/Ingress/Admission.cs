using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Pipelines;

namespace Hub.Core.Ingress;

/// <summary>One record on its way into one pipeline: what is to be committed, and what goes on when it is.</summary>
/// <param name="Operation">The acceptance, with the outcome when it is known.</param>
/// <param name="Message">Reserved in its lane; null when nothing is left to do once it is accepted.</param>
/// <param name="Run">A run that waits for another system; null when the pipeline has ended or has yet to begin.</param>
/// <param name="Running">The end of that run.</param>
internal readonly record struct Admission(
    AcceptOperation Operation, ActiveMessage? Message, PipelineRun? Run, ValueTask<PipelineOutcome> Running);
