using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Hub.Core.Pipelines;
using Hub.Core.Pipelines.Steps;
using Hub.Core.Sagas;
using Mappings.Diagnostics;

namespace Hub.Core.Messaging;

/// <summary>Brings what is registered in C# together with the endpoints that the configuration declares: a pipeline for each.</summary>
internal sealed class MessagingCompiler(MessagingCatalog catalog, LoadedConfiguration loaded, IReadOnlyDictionary<string, IConnector> connectors, Findings findings)
{
    private readonly Dictionary<EndpointName, (EndpointRegistration Registration, EndpointConfig Config)> _endpoints = [];
    private readonly Dictionary<Type, string> _names = [];

    /// <returns>The pipelines, by the name of their endpoint; what is wrong is among the findings.</returns>
    public IReadOnlyList<PipelineDefinition> Compile(CompileContext context)
    {
        Match();
        foreach (var (type, name) in catalog.Names) _names[type] = name;
        foreach (var group in catalog.Names.Select(n => n.Type).Distinct().GroupBy(t => _names[t], StringComparer.Ordinal).Where(g => g.Count() > 1))
            findings.Error("SAG866", SourcePosition.None, string.Empty, ("type", group.Key), ("reason", string.Join(", ", group.Select(t => t.FullName))));
        Routes();
        var definition = new MessagingDefinition(context.Revision, catalog.Json, _names, Destinations(), Subscribers(), Sendable());
        var pipelines = new List<PipelineDefinition>();
        foreach (var (name, (registration, config)) in _endpoints)
        {
            if (Work(name, registration, config, definition) is not { } work) continue;
            var site = new StepSite("handle", config.At, $"endpoints.{name.Endpoint}");
            pipelines.Add(new PipelineDefinition(name.ToString(), name, config.At, new EndpointKeys(work, registration.Sagas.Count > 0), [new HandleStep(work, site)], context));
        }

        return pipelines;
    }

    /// <summary>Endpoints that the registered code sends to by itself.</summary>
    public IEnumerable<EndpointName> Targets() =>
        catalog.Routes.Concat(catalog.Publications).Select(r => Parse(r.Destination)).Where(e => e is not null).Select(e => e!.Value).Concat(_endpoints.Keys);

    private static EndpointName? Parse(string name) => EndpointName.TryParse(name, out var endpoint) ? endpoint : null;

    private static IEnumerable<Type> Handled(EndpointRegistration registration) =>
        registration.Handlers.Concat(registration.Sagas).SelectMany(h => MessageHandler.Of(h.Type)).Select(h => h.Message).Distinct();

    private void Match()
    {
        var declared = loaded.Systems.Values.Where(s => s.Connector == MessagingConnector.Kind)
            .SelectMany(s => s.Endpoints.Values, (s, e) => (Name: new EndpointName(s.Name, e.Name), Config: e)).ToDictionary(e => e.Name, e => e.Config);
        foreach (var registration in catalog.Endpoints)
        {
            if (Parse(registration.Name) is { } name && declared.Remove(name, out var config)) _endpoints.Add(name, (registration, config));
            else findings.Error("SAG860", SourcePosition.None, string.Empty, ("endpoint", registration.Name), ("known", declared.Count == 0 ? "none" : string.Join(", ", declared.Keys)));
        }

        foreach (var (name, config) in declared) findings.Error("SAG861", config.At, string.Empty, ("endpoint", name.ToString()));
    }

    private void Routes()
    {
        var sendable = Sendable().ToHashSet();
        foreach (var (type, destination) in catalog.Routes.Concat(catalog.Publications))
        {
            if (Parse(destination) is not { } endpoint || !sendable.Contains(endpoint))
                findings.Error("SAG865", SourcePosition.None, string.Empty, ("type", type.FullName!), ("endpoint", destination));
        }
    }

    private IEnumerable<EndpointName> Sendable() => loaded.Systems.Values
        .Where(s => connectors[s.Connector].Spec.Abilities.HasFlag(ConnectorAbilities.Send))
        .SelectMany(s => s.Endpoints.Values, (s, e) => new EndpointName(s.Name, e.Name));

    /// <summary>A route that was written counts; without one, the endpoints that handle the type.</summary>
    private Dictionary<Type, EndpointName[]> Destinations()
    {
        var routes = catalog.Routes.Where(r => Parse(r.Destination) is not null).GroupBy(r => r.Type).ToDictionary(g => g.Key, g => g.Select(r => Parse(r.Destination)!.Value).Distinct().ToArray());
        foreach (var group in Handlers())
        {
            routes.TryAdd(group.Key, [.. group]);
        }

        return routes;
    }

    private Dictionary<Type, EndpointName[]> Subscribers() => Handlers().SelectMany(g => g, (g, e) => (Type: g.Key, Endpoint: e))
        .Concat(catalog.Publications.Where(p => Parse(p.Destination) is not null).Select(p => (p.Type, Endpoint: Parse(p.Destination)!.Value)))
        .GroupBy(s => s.Type, s => s.Endpoint).ToDictionary(g => g.Key, g => g.Distinct().ToArray());

    private ILookup<Type, EndpointName> Handlers() =>
        _endpoints.SelectMany(e => Handled(e.Value.Registration), (e, type) => (Type: type, Endpoint: e.Key)).ToLookup(e => e.Type, e => e.Endpoint);

    private EndpointWork? Work(EndpointName name, EndpointRegistration registration, EndpointConfig config, MessagingDefinition definition)
    {
        if (registration.Sagas.Count > 1 || (registration.Sagas.Count > 0) == (registration.Handlers.Count > 0) || (registration.Sagas.Count == 0 && registration.NotFound.Count > 0))
        {
            findings.Error("SAG869", config.At, string.Empty, ("endpoint", name.ToString()), ("sagas", Count(registration.Sagas)), ("handlers", Count(registration.Handlers)));
            return null;
        }

        var saga = registration.Sagas.Count == 0 ? null : registration.Sagas[0];
        var handled = Handled(registration).Concat(saga is null ? [] : MessageHandler.Timeouts(saga.Type).Select(t => t.Message)).Distinct().ToList();
        if (handled.Count == 0) findings.Error("SAG861", config.At, string.Empty, ("endpoint", name.ToString()));
        var unusable = handled.Where(t => t.IsInterface || t.IsAbstract || t.ContainsGenericParameters).ToList();
        foreach (var type in unusable) findings.Error("SAG866", config.At, string.Empty, ("type", type.FullName!), ("reason", "it is no class of which an instance can be made"));
        var types = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (var type in handled.Where(t => !types.TryAdd(definition.NameOf(t), t)))
            findings.Error("SAG866", config.At, string.Empty, ("type", definition.NameOf(type)), ("reason", $"{types[definition.NameOf(type)].FullName}, {type.FullName}"));
        var written = config.Fields.TextOrNull(MessagingConnector.TypeKey);
        if (written is not null && !types.ContainsKey(written))
            findings.Error("SAG867", config.Fields.Position(MessagingConnector.TypeKey), $"endpoints.{name.Endpoint}.type", ("found", written), ("known", string.Join(", ", types.Keys.Order(StringComparer.Ordinal))));
        var fallback = written is null ? null : types.GetValueOrDefault(written);
        if (saga is not null) return Saga(name, registration, saga, types, fallback, config.At, definition);
        var handlers = registration.Handlers.SelectMany(h => MessageHandler.Of(h.Type), (h, m) => (h, m)).ToList();
        return new HandlersWork(name, types, definition, handlers) { DefaultType = fallback };
    }

    private SagaWork? Saga(
        EndpointName name, EndpointRegistration registration, EndpointRegistration.Registered registered, Dictionary<string, Type> types, Type? fallback,
        SourcePosition at, MessagingDefinition definition)
    {
        Saga saga;
        SagaCorrelation correlation;
        try
        {
            saga = (Saga)registered.Create();
            correlation = saga.Correlate();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            findings.Error("SAG864", at, string.Empty, ("saga", registered.Type.Name), ("reason", $"{error.GetType().Name}: {error.Message}"));
            return null;
        }

        var starting = MessageHandler.Of(registered.Type).Where(h => h.Starts).Select(h => h.Message).ToList();
        var known = findings.Count;
        if (starting.Count == 0) findings.Error("SAG863", at, string.Empty, ("saga", registered.Type.Name));
        foreach (var type in starting.Where(t => !correlation.Finds(t)))
            findings.Error("SAG862", at, string.Empty, ("saga", registered.Type.Name), ("type", type.Name));
        foreach (var defect in correlation.Defects.Concat(correlation.Mismatches())) findings.Error("SAG864", at, string.Empty, ("saga", registered.Type.Name), ("reason", defect));
        if (correlation.Property is null && correlation.Defects.Count == 0) findings.Error("SAG864", at, string.Empty, ("saga", registered.Type.Name), ("reason", "it names no property of its data"));
        return findings.Count > known ? null : new SagaWork(name, types, definition, registration, correlation, saga.DataType) { DefaultType = fallback };
    }

    private static string Count(IReadOnlyList<EndpointRegistration.Registered> classes) => classes.Count == 0 ? "none" : string.Join(", ", classes.Select(c => c.Type.Name));
}
