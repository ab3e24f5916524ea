using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Hub.Core.Delivery;
using Hub.Core.Messaging;
using Hub.Core.Pipelines;
using Hub.Core.Pipelines.Steps;
using Hub.Core.Schedules;
using Mappings.Diagnostics;

namespace Hub.Core.Runtime;

/// <summary>
/// The one place that turns what the user wrote into what runs. <c>hub validate</c>, the start and a reload use it, so that
/// what one refuses all refuse.
/// </summary>
/// <param name="connectors">The kinds of systems this hub can talk to.</param>
/// <param name="clock">Measures steps and ages cached answers.</param>
/// <param name="typedMaps">Finds the maps written in C#; null when there are none.</param>
/// <param name="messaging">The sagas and handlers written in C#; null when there are none.</param>
/// <param name="crons">What reads the cron expressions of schedules; null in a program that has none.</param>
public sealed class HubCompiler(
    IReadOnlyList<IConnector> connectors, TimeProvider clock, ITypedMapSource? typedMaps = null, IMessagingSource? messaging = null, ICronExpressions? crons = null)
{
    private readonly Dictionary<string, IConnector> _connectors = connectors.Append(new MessagingConnector()).ToDictionary(c => c.Spec.Kind, StringComparer.Ordinal);

    /// <summary>What the loader accepts.</summary>
    public ConfigurationSpecs Specs { get; } = new(connectors.Append(new MessagingConnector()).Select(c => c.Spec), StepCatalog.Fields, StepCatalog.Last);

    /// <summary>Compiles a valid configuration.</summary>
    /// <param name="loaded">As the loader gave it.</param>
    /// <param name="findings">Receives everything that is wrong.</param>
    /// <returns>Null when something is.</returns>
    public HubDefinition? Compile(LoadedConfiguration loaded, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(findings);
        var own = new Findings();
        var contracts = loaded.Contracts.ToDictionary(c => c.Key, c => c.Value.Read(own), StringComparer.Ordinal);
        var set = MappingSet.Compile(loaded, contracts, own);
        var plans = set.Plans;
        FilterCheck.Run(loaded, contracts, set.Definitions, own);
        var context = new CompileContext
        {
            Revision = loaded.Revision,
            Clock = clock,
            Endpoints = loaded.Systems.Values
                .SelectMany(s => s.Endpoints.Values, (s, e) => (Name: new EndpointName(s.Name, e.Name), e.Format))
                .ToDictionary(e => e.Name, e => e.Format),
            Contracts = contracts,
            TypedMaps = typedMaps?.Open(loaded.Hub.Extensions, own) ?? NoTypedMaps.Instance,
            Mappings = plans
                .ToDictionary(m => m.Key, IDocumentMapping? (m) => m.Value is null ? null : new PlanMapping(m.Value, clock), StringComparer.Ordinal),
        };
        var pipelines = new List<PipelineDefinition>();
        foreach (var pipeline in loaded.Pipelines.Values)
        {
            if (PipelineCompiler.Compile(pipeline, context, own) is { } compiled) pipelines.Add(compiled);
        }

        var registered = new MessagingCompiler(messaging?.Open(loaded.Hub.Extensions, own) ?? new MessagingCatalog(), loaded, _connectors, own);
        var endpoints = registered.Compile(context);
        if (pipelines.Count == loaded.Pipelines.Count) IdentityCheck.Run(pipelines, plans.Values, own);
        var retention = new ScheduleCompiler(crons, clock).Compile(
            RetentionSweep.Hourly.Name, loaded.Hub.Retention.At, loaded.Hub.Retention.Zone, RetentionSweep.Hourly, own);
        findings.AddRange(own);
        if (own.HasErrors || pipelines.Count < loaded.Pipelines.Count) return null;
        pipelines.AddRange(endpoints);
        var byEndpoint = pipelines.ToLookup(p => p.From);
        var steps = pipelines.SelectMany(p => p.Steps).ToList();
        var sentTo = steps.SelectMany(s => s.Targets).Concat(registered.Targets()).ToHashSet();
        var asked = steps.Select(s => s.Asked).OfType<EndpointName>().ToHashSet();
        return new HubDefinition(loaded.Revision, [.. loaded.Systems.Values.Select(s => System(s, byEndpoint, sentTo, asked))], pipelines)
        {
            Name = loaded.Hub.Name,
            InFlight = loaded.Hub.Ingress.InFlight,
            MaxBody = loaded.Hub.Ingress.MaxBody,
            KeepSettled = loaded.Hub.Retention.Settled,
            KeepDead = loaded.Hub.Retention.Dead,
            Retention = retention,
        };
    }

    private SystemDefinition System(
        SystemConfig system, ILookup<EndpointName, PipelineDefinition> pipelines, HashSet<EndpointName> sentTo, HashSet<EndpointName> asked)
    {
        var connector = _connectors[system.Connector];
        var endpoints = system.Endpoints.Values
            .Select(e => (Name: new EndpointName(system.Name, e.Name), Config: e))
            .Select(e => new EndpointDefinition
            {
                Context = new EndpointContext { Name = e.Name, Settings = e.Config.Fields, Format = e.Config.Format },
                Abilities = connector.Spec.Abilities,
                ClaimCheck = e.Config.ClaimCheck,
                IsSentTo = sentTo.Contains(e.Name),
                IsAsked = asked.Contains(e.Name),
                Pipelines = [.. pipelines[e.Name]],
            })
            .ToArray();
        return new SystemDefinition
        {
            Name = system.Name,
            Connection = new ConnectionDefinition(connector, system.Fields, endpoints, ConnectionFingerprint.Of(system)),
            Limits = new LimitsDefinition(system.Limits.Rate, system.Limits.Concurrency, system.Limits.Timeout),
            Retry = new RetryDefinition(system.Retry.Immediate, system.Retry.Delayed, (double)system.Retry.Jitter),
            Breaker = new BreakerDefinition(system.Breaker.Failures, system.Breaker.Open),
            AfterDead = system.AfterDead,
            ApiKey = system.ApiKey,
        };
    }
}
