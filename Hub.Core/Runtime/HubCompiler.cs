using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Hub.Core.Delivery;
using Hub.Core.Pipelines;
using Hub.Core.Pipelines.Steps;
using Mappings.Contracts;
using Mappings.Diagnostics;

namespace Hub.Core.Runtime;

/// <summary>
/// The one place that turns what the user wrote into what runs. <c>hub validate</c>, the start and a reload use it, so that
/// what one refuses all refuse.
/// </summary>
/// <param name="connectors">The kinds of systems this hub can talk to.</param>
/// <param name="clock">Measures steps and ages cached answers.</param>
public sealed class HubCompiler(IReadOnlyList<IConnector> connectors, TimeProvider clock)
{
    private readonly Dictionary<string, IConnector> _connectors = connectors.ToDictionary(c => c.Spec.Kind, StringComparer.Ordinal);

    /// <summary>What the loader accepts: the connectors' keys and those every endpoint has, and the steps.</summary>
    public ConfigurationSpecs Specs { get; } = new(
        connectors.Select(c => c.Spec),
        StepCatalog.All.ToDictionary(s => s.Kind, s => s.Fields, StringComparer.Ordinal),
        StepCatalog.All.Where(s => s.Ends).Select(s => s.Kind).ToHashSet(StringComparer.Ordinal));

    /// <summary>Compiles a valid configuration.</summary>
    /// <param name="loaded">As the loader gave it.</param>
    /// <param name="findings">Receives everything that is wrong.</param>
    /// <returns>Null when something is.</returns>
    public HubDefinition? Compile(LoadedConfiguration loaded, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(findings);
        var own = new Findings();
        var formats = Formats(loaded);
        var context = new CompileContext
        {
            Revision = loaded.Revision,
            Clock = clock,
            Endpoints = formats.ToDictionary(
                f => f.Key,
                f => new KnownEndpoint(f.Value.Connector.Spec.Kind, f.Value.Connector.Spec.Abilities, f.Value.Context.Format.Format)),
            Contracts = loaded.Contracts.ToDictionary(c => c.Key, c => ContractFile.Read(c.Value.Root, own), StringComparer.Ordinal),
        };
        var pipelines = new List<PipelineDefinition>();
        foreach (var pipeline in loaded.Pipelines.Values)
        {
            if (PipelineCompiler.Compile(pipeline, context, own) is { } compiled) pipelines.Add(compiled);
        }

        findings.AddRange(own);
        if (own.HasErrors || pipelines.Count < loaded.Pipelines.Count) return null;
        var byEndpoint = pipelines.ToLookup(p => p.From);
        return new HubDefinition(loaded.Revision, [.. loaded.Systems.Values.Select(s => System(s, formats, byEndpoint))], pipelines)
        {
            Name = loaded.Hub.Name,
            InFlight = loaded.Hub.Ingress.InFlight,
            MaxBody = loaded.Hub.Ingress.MaxBody,
        };
    }

    private static SystemDefinition System(
        SystemConfig system, Dictionary<EndpointName, KnownFormat> formats, ILookup<EndpointName, PipelineDefinition> pipelines)
    {
        var connector = formats.Values.FirstOrDefault(f => f.Context.Name.System == system.Name)?.Connector;
        var endpoints = system.Endpoints.Keys
            .Select(e => formats[new EndpointName(system.Name, e)])
            .Select(f => new EndpointDefinition
            {
                Context = f.Context,
                Abilities = f.Connector.Spec.Abilities,
                Pipelines = [.. pipelines[f.Context.Name]],
            })
            .ToArray();
        return new SystemDefinition
        {
            Name = system.Name,
            Connections = connector is null ? [] : [new ConnectionDefinition(connector, system.Fields, endpoints, ConnectionFingerprint.Of(system))],
            Limits = new LimitsDefinition(system.Limits.Rate, system.Limits.Concurrency, system.Limits.Timeout),
            Retry = new RetryDefinition(system.Retry.Immediate, system.Retry.Delayed, (double)system.Retry.Jitter),
            Breaker = new BreakerDefinition(system.Breaker.Failures, system.Breaker.Open),
            AfterDead = system.AfterDead,
            ApiKey = system.ApiKey,
        };
    }

    private Dictionary<EndpointName, KnownFormat> Formats(LoadedConfiguration loaded)
    {
        var formats = new Dictionary<EndpointName, KnownFormat>();
        foreach (var system in loaded.Systems.Values)
        {
            // The loader has refused kinds that are not among the specs, which are these connectors'.
            var connector = _connectors[system.Connector];
            foreach (var endpoint in system.Endpoints.Values)
            {
                var name = new EndpointName(system.Name, endpoint.Name);
                var context = new EndpointContext { Name = name, Settings = endpoint.Fields, Format = endpoint.Format };
                formats.Add(name, new KnownFormat(connector, context));
            }
        }

        return formats;
    }

    private sealed record KnownFormat(IConnector Connector, EndpointContext Context);
}
