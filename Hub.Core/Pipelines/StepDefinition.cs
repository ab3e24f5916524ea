using System.Collections.Frozen;
using Hub.Abstractions.Messages;
using Hub.Core.Pipelines.Steps;
using Mappings.Diagnostics;

namespace Hub.Core.Pipelines;

/// <summary>One compiled step: immutable, shared by all threads. What changes while it runs is in the <see cref="PipelineRun"/>.</summary>
public abstract class StepDefinition
{
    private static readonly FrozenSet<string> NoNames = FrozenSet<string>.Empty;

    private protected StepDefinition(StepSite site, string name)
    {
        Kind = site.Kind;
        At = site.At;
        Path = site.Path;
        Name = name;
    }

    /// <summary>The key in the pipeline file: <c>filter</c>, <c>map</c> …</summary>
    public string Kind { get; }

    /// <summary>One line for people: the kind and what it does, such as <c>map erp-order-to-crm-deal</c>.</summary>
    public string Name { get; }

    /// <summary>Where it stands in the pipeline file.</summary>
    public SourcePosition At { get; }

    /// <summary>Its path in the pipeline file, such as <c>steps[2].map</c>.</summary>
    public string Path { get; }

    /// <summary>The endpoints it may send to; empty unless it is a route or a send.</summary>
    public virtual IReadOnlyList<EndpointName> Targets => [];

    /// <summary>The endpoint it asks; null unless it is an enrich.</summary>
    public virtual EndpointName? Asked => null;

    /// <summary>Names of members that hold a secret in what it reads or makes; empty unless it is a map.</summary>
    public virtual IReadOnlySet<string> SecretNames => NoNames;

    /// <summary>What the name does not say, one line each, for the pipeline's description.</summary>
    public virtual IReadOnlyList<string> Details => [];

    /// <summary>It may have to wait for somebody's answer.</summary>
    internal virtual bool MayAsk => false;

    /// <summary>Does the step's work on the run's current document. A failure has left its reasons among the run's findings.</summary>
    internal abstract ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken);

    /// <summary>A finding about the run's document, with this step as the line that met it when it names none.</summary>
    private protected Finding Placed(PipelineRun run, Finding finding) => run.InInput(finding) with { Mapping = finding.Mapping ?? At };
}
