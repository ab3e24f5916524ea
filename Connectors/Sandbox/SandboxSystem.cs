using System.Collections.Concurrent;

namespace Connectors.Sandbox;

/// <summary>A small system of record in memory. It outlives a change of the configuration, as a real system does.</summary>
public sealed class SandboxSystem
{
    private readonly ConcurrentDictionary<string, SandboxCollection> _collections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _published = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _publications = new(StringComparer.Ordinal);
    private volatile SandboxBehavior _behavior = SandboxBehavior.Good;
    private volatile SandboxBehavior? _configured;

    internal SandboxSystem(string name) => Name = name;

    public string Name { get; }

    /// <summary>Takes effect for the next write or question.</summary>
    public SandboxBehavior Behavior
    {
        get => _behavior;
        set => _behavior = value;
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<SandboxCollection> Collections => [.. _collections.Values.OrderBy(c => c.Name, StringComparer.Ordinal)];

    /// <summary>The records of an endpoint, or null when the system has no such endpoint.</summary>
    public SandboxCollection? Find(string collection) => _collections.GetValueOrDefault(collection);

    /// <summary>Sets the behaviour the configuration asks for; what was set at run time stays when that has not changed.</summary>
    internal void Configure(SandboxBehavior behavior)
    {
        if (_configured == behavior) return;
        _configured = behavior;
        _behavior = behavior;
    }

    /// <summary>Keeps the collection that is there when it is kept by the same key, else puts this one in its place.</summary>
    internal SandboxCollection Keep(SandboxCollection collection) => _collections.AddOrUpdate(
        collection.Name,
        collection,
        (_, there) => there.KeyPath == collection.KeyPath ? there : collection);

    /// <returns>True once for each endpoint and content in the life of the process.</returns>
    internal bool ShouldPublish(string endpoint, string hash) => _published.GetValueOrDefault(endpoint) != hash;

    /// <summary>An endpoint that will publish what it was seeded with.</summary>
    internal void WillPublish(string endpoint) =>
        _publications.GetOrAdd(endpoint, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    internal void Published(string endpoint, string hash)
    {
        _published[endpoint] = hash;
        if (_publications.TryGetValue(endpoint, out var publication)) publication.TrySetResult();
    }

    /// <summary>Completes when the hub has answered for all that the system publishes.</summary>
    internal Task PublishedAsync() => Task.WhenAll(_publications.Values.Select(publication => publication.Task));
}
