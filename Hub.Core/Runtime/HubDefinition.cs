using System.Collections.Frozen;
using Hub.Abstractions.Messages;
using Hub.Core.Pipelines;
using Hub.Core.Schedules;

namespace Hub.Core.Runtime;

/// <summary>Everything that runs, compiled from one configuration: immutable, replaced as a whole by a reload.</summary>
public sealed class HubDefinition
{
    private readonly FrozenDictionary<EndpointName, EndpointDefinition> _endpoints;
    private readonly FrozenDictionary<string, PipelineDefinition> _pipelines;

    public HubDefinition(string revision, IReadOnlyList<SystemDefinition> systems, IReadOnlyList<PipelineDefinition> pipelines)
    {
        Revision = revision;
        Systems = systems;
        _pipelines = pipelines.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
        _endpoints = systems.SelectMany(s => s.Connection.Endpoints).ToFrozenDictionary(e => e.Name);
    }

    /// <summary>The hub's name, for reports.</summary>
    public string Name { get; init; } = "hub";

    /// <summary>Content hash of the configuration.</summary>
    public string Revision { get; }

    public IReadOnlyList<SystemDefinition> Systems { get; }

    public IReadOnlyCollection<PipelineDefinition> Pipelines => _pipelines.Values;

    public IReadOnlyCollection<EndpointDefinition> Endpoints => _endpoints.Values;

    /// <summary>Messages in flight at which senders are told to wait; default 50,000.</summary>
    public int InFlight { get; init; } = 50_000;

    /// <summary>Largest payload that is held in memory, in bytes; default 16 MB.</summary>
    public long MaxBody { get; init; } = 16 << 20;

    /// <summary>How long delivered and filtered messages are kept; default 30 days.</summary>
    public TimeSpan KeepSettled { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long dead messages are kept; default 365 days.</summary>
    public TimeSpan KeepDead { get; init; } = TimeSpan.FromDays(365);

    /// <summary>When what is too old goes; default hourly.</summary>
    public ScheduleDefinition Retention { get; init; } = RetentionSweep.Hourly;

    public EndpointDefinition? Endpoint(EndpointName name) => _endpoints.GetValueOrDefault(name);

    public PipelineDefinition? Pipeline(string name) => _pipelines.GetValueOrDefault(name);
}
