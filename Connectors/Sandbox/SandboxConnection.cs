using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Mappings.Yaml;
using Microsoft.Extensions.Logging;

namespace Connectors.Sandbox;

/// <summary>One sandbox system, opened: seeded, and reached as a real one is.</summary>
internal sealed class SandboxConnection : ISystemConnection, ISystemCheck
{
    private readonly SandboxGate _gate;
    private readonly SandboxSystem _system;
    private readonly EndpointName _name;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Dictionary<EndpointName, SandboxSeed> _seeds = [];

    public SandboxConnection(SystemContext context, SandboxDirectory directory)
    {
        _clock = context.Clock;
        _logger = context.Logger;
        _name = new EndpointName(context.Name, "*");
        var findings = new Findings();
        var collections = context.Endpoints.Select(e => Read(e, context.ConfigurationFolder, findings)).ToList();
        if (findings.HasErrors) throw new MappingException(findings.Sorted());
        _system = directory.Open(context.Name);
        foreach (var collection in collections) _system.Keep(collection);
        foreach (var endpoint in _seeds.Keys.Where(name => context.Endpoints.First(e => e.Name == name).Settings.Boolean("publish"))) _system.WillPublish(endpoint.Endpoint);
        _system.Configure(Behavior(context.Settings.ObjectOrNull("behavior")));
        _gate = new SandboxGate(_system, context.Clock, context.Random);
    }

    public async Task ReceiveAsync(EndpointContext endpoint, IIngress ingress, CancellationToken cancellationToken)
    {
        try
        {
            if (_seeds.TryGetValue(endpoint.Name, out var seed) && endpoint.Settings.Boolean("publish")) await PublishAsync(endpoint.Name, seed, ingress, cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end that the hub asked for.
        }
    }

    public ISender OpenSender(EndpointContext endpoint) => new SandboxSender(endpoint.Name, Keyed(endpoint), _gate);

    public IRequester OpenRequester(EndpointContext endpoint) => new SandboxRequester(endpoint.Name, Keyed(endpoint), _gate);

    public async ValueTask<SystemCheck> CheckAsync(CancellationToken cancellationToken)
    {
        await _gate.PassAsync(_name, cancellationToken);
        return new SystemCheck([]) { Version = "sandbox", Clock = _clock.GetUtcNow() };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SandboxCollection Keyed(EndpointContext endpoint)
    {
        var collection = _system.Find(endpoint.Name.Endpoint)!;
        return collection.KeyPath is not null
            ? collection
            : throw new MappingException(Finding.Error("CFG295", endpoint.Settings.At, endpoint.Settings.PathOf("key"), ("endpoint", endpoint.Name.ToString())));
    }

    private SandboxCollection Read(EndpointContext endpoint, string configurationFolder, Findings findings)
    {
        var settings = endpoint.Settings;
        var collection = new SandboxCollection(endpoint.Name.Endpoint, settings.TextOrNull("key"));
        if (!settings.Has("seed"))
        {
            if (settings.Boolean("publish")) findings.Error("CFG296", settings.Position("publish"), settings.PathOf("publish"));
            return collection;
        }

        if (SandboxSeed.Open(endpoint, configurationFolder, findings) is not { } seed) return collection;
        _seeds.Add(endpoint.Name, seed);
        if (collection.KeyPath is null) return collection;
        var faults = new Findings();
        seed.Fill(collection, endpoint.Format, faults);
        // What is published reaches the hub as it stands, and a record that cannot be read ends there as a dead letter;
        // to refuse it here would keep a demonstration of bad input from starting.
        if (!settings.Boolean("publish")) findings.AddRange(faults);
        else if (faults.Count > 0) Log.SeedRecordsLeftOut(_logger, endpoint.Name.ToString(), faults.Count, faults.First().ToString());
        return collection;
    }

    private async Task PublishAsync(EndpointName endpoint, SandboxSeed seed, IIngress ingress, CancellationToken cancellationToken)
    {
        if (!_system.ShouldPublish(endpoint.Endpoint, seed.Hash)) return;
        var payload = new IncomingPayload
        {
            Body = seed.Bytes,
            Name = seed.File,
            Attributes = new MessageAttributes { EventId = $"seed:{seed.Hash}" },
            Malformed = MalformedPolicy.DeadLetter,
        };
        while (true)
        {
            await ingress.WaitForRoomAsync(cancellationToken);
            var result = await ingress.AcceptAsync(endpoint, payload, cancellationToken);
            if (result.Status is IngressStatus.Busy or IngressStatus.Unavailable)
            {
                await Task.Delay(result.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1), _clock, cancellationToken);
                continue;
            }

            if (result.Status is IngressStatus.Accepted or IngressStatus.Duplicate) Log.SeedPublished(_logger, endpoint.ToString(), result.Accepted, result.Duplicates, result.Malformed);
            else Log.SeedRefused(_logger, endpoint.ToString(), result.Status.ToString(), result.Finding?.ToString() ?? string.Empty);
            _system.Published(endpoint.Endpoint, seed.Hash);
            return;
        }
    }

    private static SandboxBehavior Behavior(SpecValue? settings) => settings is null
        ? SandboxBehavior.Good
        : new SandboxBehavior(settings.Duration("latency"), (double)settings.Percent("fail"), settings.Boolean("down"));
}
