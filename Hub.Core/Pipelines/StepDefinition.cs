using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Hub.Core.Pipelines;

/// <summary>One compiled step: immutable, shared by all threads. What changes while it runs is in the <see cref="PipelineRun"/>.</summary>
public abstract class StepDefinition
{
    private protected StepDefinition(string kind, string name, SourcePosition at)
    {
        Kind = kind;
        Name = name;
        At = at;
    }

    /// <summary>The key in the pipeline file: <c>filter</c>, <c>map</c> …</summary>
    public string Kind { get; }

    /// <summary>One line for people: the kind and what it does, such as <c>map erp-order-to-crm-deal</c>.</summary>
    public string Name { get; }

    /// <summary>Where it stands in the pipeline file.</summary>
    public SourcePosition At { get; }

    /// <summary>The endpoints it may send to; empty unless it is a route or a send.</summary>
    public virtual IReadOnlyList<EndpointName> Targets => [];

    /// <summary>What it consists of, one line each, for the pipeline's description; empty when the name says all.</summary>
    internal virtual IReadOnlyList<string> Details => [];

    /// <summary>Does the step's work on the run's current document.</summary>
    internal abstract ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken);
}
