using System.Diagnostics.CodeAnalysis;
using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Hub.Core.Journal;
using Hub.Core.Messaging;
using Hub.Core.Pipelines.Steps;
using Mappings.Diagnostics;
using Mappings.Mapping.Files;

namespace Hub.Core.Pipelines;

/// <summary>A compiled pipeline: immutable, shared by all threads.</summary>
public sealed class PipelineDefinition
{
    /// <summary>Parts of a split message are looked at until this many findings are known.</summary>
    private const int MaximumFindings = 20;

    private readonly StepDefinition[] _steps;
    private readonly TimeProvider _clock;

    internal PipelineDefinition(string name, EndpointName from, SourcePosition at, KeyDefinition keys, StepDefinition[] steps, CompileContext context)
    {
        Name = name;
        From = from;
        At = at;
        Keys = keys;
        Revision = context.Revision;
        _steps = steps;
        var first = steps.OfType<MapStep>().FirstOrDefault()?.Code;
        FileRules = first?.FileRules ?? FileRules.None;
        FileChecks = first?.FileChecks;
        UsesFile = steps.OfType<MapStep>().Any(s => s.Code.UsesFile);
        RunsInTurn = Array.Exists(steps, s => s is HandleStep);
        _clock = context.Clock;
    }

    public string Name { get; }

    /// <summary>The endpoint whose records it takes.</summary>
    public EndpointName From { get; }

    /// <summary>Content hash of the configuration it was compiled from.</summary>
    public string Revision { get; }

    /// <summary>Where it stands.</summary>
    public SourcePosition At { get; }

    /// <summary>False when the pipeline keeps no order: every message has the empty key.</summary>
    public bool HasKey => Keys.HasKey;

    /// <summary>What keeps a message until it is delivered.</summary>
    public Durability Durability { get; init; }

    /// <summary>The steps in their order; a <see cref="StepOutcome.Step"/> is an index into it.</summary>
    public IReadOnlyList<StepDefinition> Steps => _steps;

    /// <summary>What its first mapping says about a file of many records as a whole.</summary>
    public FileRules FileRules { get; }

    /// <summary>The checks of its first mapping on the whole file; null when there are none.</summary>
    public FileChecks? FileChecks { get; }

    /// <summary>A mapping of it uses <c>$file</c>.</summary>
    public bool UsesFile { get; }

    /// <summary>
    /// A run reads what the messages before it in the lane have written, and does something: it is not begun before the message
    /// is accepted and its turn has come.
    /// </summary>
    internal bool RunsInTurn { get; }

    internal KeyDefinition Keys { get; }

    /// <summary>
    /// The lane's key and the dedupe key of the run's record. False when the record has no usable key: it is to be
    /// accepted as a dead letter with <paramref name="finding"/> (and with <paramref name="dedupeKey"/>, when one can be
    /// made without the key, so that sending it again is still a duplicate).
    /// </summary>
    /// <param name="run">Its document, body, attributes and time are set.</param>
    /// <param name="key">The lane; empty when the pipeline declares no key or the record has none.</param>
    /// <param name="dedupeKey">Unique per pipeline; null when the pipeline does not deduplicate.</param>
    /// <param name="finding">Why there is no key: DAT361 to DAT363, DAT371, or the expression's own error.</param>
    public bool TryIdentify(PipelineRun run, out string key, out string? dedupeKey, [NotNullWhen(false)] out Finding? finding)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Begin();
        finding = Keys.TryIdentify(run, out key, out dedupeKey) ? null : run.Findings[0];
        return finding is null;
    }

    /// <summary>
    /// Runs the steps. Completes synchronously unless a step has to ask another system. Never throws for data: what a
    /// message does wrong is in the outcome.
    /// </summary>
    /// <exception cref="TransientException">
    /// The pipeline has to be run again as a whole: the system asked by an enrich step is away, or it does not have the
    /// record yet and the step waits for it. <see cref="PipelineRun.Asked"/> names the endpoint.
    /// </exception>
    /// <exception cref="HeldException">The message waits for entries of the identity map, and is to be run again when one of them arrives.</exception>
    public async ValueTask<PipelineOutcome> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Begin();
        var result = await RunStepsAsync(run, 0, cancellationToken).ConfigureAwait(false);
        return new PipelineOutcome
        {
            State = result.Kind switch
            {
                StepResultKind.Passed => run.Effects is null ? MessageState.Open : MessageState.Delivered,
                StepResultKind.Filtered => MessageState.Filtered,
                _ => MessageState.Dead,
            },
            Steps = run.Outcomes.ToArray(),
            Deliveries = result.Kind == StepResultKind.Passed ? run.Deliveries.ToArray() : [],
            Findings = run.Findings.ToArray(),
            Created = result.Kind == StepResultKind.Passed ? run.Created : [],
            Wanted = result.Kind == StepResultKind.Passed ? run.Wanted : [],
            Effects = run.Effects,
            Revision = Revision,
        };
    }

    private async ValueTask<StepResult> RunStepsAsync(PipelineRun run, int first, CancellationToken cancellationToken)
    {
        for (var i = first; i < _steps.Length; i++)
        {
            var step = _steps[i];
            var started = _clock.GetTimestamp();
            var result = await step.RunAsync(run, cancellationToken).ConfigureAwait(false);
            run.Note(i, result.Kind, _clock.GetElapsedTime(started));
            if (result.Kind != StepResultKind.Passed) return result;
            if (step is SplitStep split) return await RunPartsAsync(run, split, i + 1, cancellationToken).ConfigureAwait(false);
        }

        return StepResult.Passed;
    }

    /// <summary>All or nothing: the first part that fails fails the message; the others are only looked at for their findings.</summary>
    private async ValueTask<StepResult> RunPartsAsync(PipelineRun run, SplitStep split, int next, CancellationToken cancellationToken)
    {
        var whole = run.BeginParts();
        var result = StepResult.Filtered;
        foreach (var element in run.Parts.Items())
        {
            run.EnterPart(whole, element);
            var known = run.Findings.Count;
            var part = await RunStepsAsync(run, next, cancellationToken).ConfigureAwait(false);
            run.NamePart(known, split);
            if (part.Kind == StepResultKind.Failed || result.Kind == StepResultKind.Filtered) result = part;
            if (result.Kind == StepResultKind.Failed && run.Findings.Count >= MaximumFindings) break;
            run.Part++;
        }

        return result;
    }
}
