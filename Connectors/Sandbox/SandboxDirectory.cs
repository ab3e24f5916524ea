using System.Collections.Concurrent;

namespace Connectors.Sandbox;

/// <summary>The sandbox systems of one process, by name. One instance is shared by the connector, its REST face and whoever looks on.</summary>
public sealed class SandboxDirectory
{
    private readonly ConcurrentDictionary<string, SandboxSystem> _systems = new(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public IReadOnlyList<SandboxSystem> Systems => [.. _systems.Values.OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Null when no system of this name was opened.</summary>
    public SandboxSystem? Find(string name) => _systems.GetValueOrDefault(name);

    /// <summary>Completes when the hub has answered for all that the systems publish by themselves.</summary>
    public Task PublishedAsync(CancellationToken cancellationToken) => Task.WhenAll(_systems.Values.Select(system => system.PublishedAsync())).WaitAsync(cancellationToken);

    internal SandboxSystem Open(string name) => _systems.GetOrAdd(name, static n => new SandboxSystem(n));
}
