using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Runtime;

/// <summary>
/// The systems of the running configuration: their gates, which live as long as the hub, and their connections, which are
/// kept by a reload when nothing they were opened with has changed.
/// </summary>
internal sealed class SystemTable(Dispatcher dispatcher, HubEngineOptions options, ILogger logger)
{
    private readonly Dictionary<string, Gate> _gates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpenConnection> _open = new(StringComparer.Ordinal);
    private readonly List<Task> _closing = [];

    /// <summary>All gates, those of systems that are gone included.</summary>
    public IReadOnlyCollection<Gate> Gates => _gates.Values;

    /// <summary>Opens what is new, keeps what is unchanged, and retires the rest once its last attempt has ended.</summary>
    /// <param name="definition">What is to run.</param>
    /// <param name="publish">Makes the new targets those of all further attempts.</param>
    public async Task ApplyAsync(HubDefinition definition, Action<TargetTable> publish)
    {
        var targets = new Dictionary<EndpointName, Target>();
        var next = new Dictionary<string, OpenConnection>(StringComparer.Ordinal);
        foreach (var system in definition.Systems)
        {
            var gate = GateOf(system.Name);
            // The fingerprint holds the connector's kind: a system that changes it is opened anew.
            var open = _open.TryGetValue(system.Name, out var kept) && kept.Fingerprint == system.Connection.Fingerprint ? kept : Open(system);
            next.Add(system.Name, open);
            foreach (var endpoint in system.Connection.Endpoints) targets.Add(endpoint.Name, open.Target(endpoint, gate));
        }

        var retired = _open.Where(o => next.GetValueOrDefault(o.Key) != o.Value).ToArray();
        foreach (var (_, connection) in retired) await connection.StopReceivingAsync().ConfigureAwait(false);
        lock (dispatcher.Sync)
        {
            foreach (var system in definition.Systems)
            {
                var gate = GateOf(system.Name);
                gate.Configure(system.Limits, system.Retry, system.Breaker, system.AfterDead);
                dispatcher.Ready(gate);
            }

            publish(new TargetTable(targets));
            foreach (var (_, connection) in retired) connection.Connection.Retire();
        }

        _closing.RemoveAll(c => c.IsCompleted);
        foreach (var (system, connection) in retired) _closing.Add(CloseAsync(system, connection, CancellationToken.None));
        _open.Clear();
        foreach (var (system, connection) in next) _open.Add(system, connection);
    }

    /// <summary>Starts the receivers that the definition asks for and that do not run yet.</summary>
    public async Task ReceiveAsync(HubDefinition definition, IIngress ingress)
    {
        var context = new ReceiverContext(options.Clock, logger);
        foreach (var system in definition.Systems)
        {
            await _open[system.Name].ReceiveAsync(system.Connection.Endpoints, ingress, context).ConfigureAwait(false);
        }
    }

    /// <summary>What is open, counted as used until it is given back under the dispatcher's lock.</summary>
    public List<(string System, SystemConnection Connection)> Use()
    {
        lock (dispatcher.Sync)
        {
            foreach (var open in _open.Values) open.Connection.Use();
        }

        return [.. _open.Select(o => (o.Key, o.Value.Connection))];
    }

    public async Task StopReceivingAsync()
    {
        foreach (var connection in _open.Values) await connection.StopReceivingAsync().ConfigureAwait(false);
    }

    /// <summary>Closes all connections; those in use when the token is cancelled are closed under their users.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        lock (dispatcher.Sync)
        {
            foreach (var connection in _open.Values) connection.Connection.Retire();
        }

        foreach (var (system, connection) in _open) _closing.Add(CloseAsync(system, connection, cancellationToken));
        _open.Clear();
        await Task.WhenAll(_closing).ConfigureAwait(false);
    }

    private Gate GateOf(string system)
    {
        lock (dispatcher.Sync)
        {
            if (!_gates.TryGetValue(system, out var gate)) _gates.Add(system, gate = new Gate(system, dispatcher));
            return gate;
        }
    }

    private OpenConnection Open(SystemDefinition system) => new(
        system.Connection,
        system.Connection.Connector.Open(system.Connection.Context(system.Name, options.ConfigurationFolder, options.DataFolder, options.Clock, options.Random, options.Loggers)));

    private async Task CloseAsync(string system, OpenConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Connection.DisposeWhenUnusedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Closed under its users, whose attempts are repeated after the next start.
        }
        catch (Exception error)
        {
            RuntimeLog.NotClosed(logger, system, error);
        }
    }
}
