using Connectors.Sandbox;
using Hub.Abstractions.Messages;

namespace Specs.Driver;

/// <summary>The company's systems, looked at and handled from outside the hub.</summary>
internal sealed class CompanySystems(SandboxDirectory directory, Refusals refusals)
{
    public SandboxCollection Collection(string endpoint)
    {
        if (!EndpointName.TryParse(endpoint, out var name)) throw new ArgumentException($"\"{endpoint}\" is not written SYSTEM.ENDPOINT.");
        return Collection(name.System, name.Endpoint);
    }

    public SandboxCollection Collection(string system, string endpoint)
    {
        var found = System(system);
        return found.Find(endpoint)
            ?? throw new ArgumentException($"System {system} has no endpoint {endpoint}; it has {string.Join(", ", found.Collections.Select(c => c.Name))}.");
    }

    public void SetDown(string system, bool down)
    {
        var found = System(system);
        found.Behavior = found.Behavior with { Down = down };
    }

    public void FailNext(string system, int requests) => refusals.Next(System(system).Name, requests);

    /// <summary>How many of the announced failures have not happened.</summary>
    public int FailuresLeft(string system) => refusals.Left(System(system).Name);

    /// <summary>Puts a record there, as the system's own people do.</summary>
    public void Put(string system, string endpoint, ReadOnlyMemory<byte> record)
    {
        var collection = Collection(system, endpoint);
        var key = collection.KeyOf(record) ?? throw new ArgumentException($"{system}.{endpoint} tells records apart by {collection.KeyPath}: the table needs that column.");
        collection.Upsert(key, record, idempotencyKey: null);
    }

    private SandboxSystem System(string name) =>
        directory.Find(name) ?? throw new ArgumentException($"There is no system {name}; there are {string.Join(", ", directory.Systems.Select(s => s.Name))}.");
}
