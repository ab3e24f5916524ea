using System.Collections.Concurrent;
using System.Text;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Mappings.Yaml;

namespace Tests.Runtime;

/// <summary>A connector whose targets do what the test says, and that remembers everything sent to them.</summary>
internal sealed class ScriptedConnector : IConnector
{
    private static readonly ObjectSpec NoKeys = new("scripted", "A target of the test.", "{}", []);

    private readonly ConcurrentDictionary<string, Func<OutgoingMessage, CancellationToken, ValueTask>> _sends = new();
    private readonly ConcurrentQueue<SentMessage> _sent = new();
    private readonly ConcurrentQueue<SentMessage> _confirmed = new();

    public ConnectorSpec Spec { get; } =
        new("scripted", NoKeys, NoKeys, ConnectorAbilities.ReceiveHttp | ConnectorAbilities.Send | ConnectorAbilities.Request | ConnectorAbilities.HoldsUnacked);

    /// <summary>All attempts, in the order in which they began.</summary>
    public IReadOnlyList<SentMessage> Sent => [.. _sent];

    /// <summary>The connections opened so far.</summary>
    public List<ScriptedConnection> Opened { get; } = [];

    /// <summary>What the targets confirmed, in the order in which they did.</summary>
    public IReadOnlyList<SentMessage> Confirmed => [.. _confirmed];

    /// <summary>What requests are answered with; null when there is no record.</summary>
    public Func<EndpointName, CancellationToken, ValueTask<string?>> Answer { get; set; } = static (_, _) => new((string?)null);

    /// <summary>What an endpoint does with what is sent to it; without it, it confirms.</summary>
    public void OnSend(string endpoint, Func<OutgoingMessage, CancellationToken, ValueTask> script) => _sends[endpoint] = script;

    /// <summary>Fails this many attempts, then confirms.</summary>
    public void FailFirst(string endpoint, int times, Func<Exception> error) =>
        OnSend(endpoint, (_, _) => Interlocked.Decrement(ref times) >= 0 ? ValueTask.FromException(error()) : ValueTask.CompletedTask);

    public ISystemConnection Open(SystemContext context)
    {
        var connection = new ScriptedConnection(this, context.Name);
        lock (Opened) Opened.Add(connection);
        return connection;
    }

    internal async ValueTask SendAsync(EndpointName endpoint, string connection, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var sent = new SentMessage(endpoint.ToString(), message, Encoding.UTF8.GetString(message.Body.Span), connection);
        _sent.Enqueue(sent);
        if (_sends.TryGetValue(endpoint.ToString(), out var script)) await script(message, cancellationToken);
        _confirmed.Enqueue(sent);
    }
}

/// <summary>One attempt as the target saw it.</summary>
internal sealed record SentMessage(string Endpoint, OutgoingMessage Message, string Body, string Connection);

internal sealed class ScriptedConnection(ScriptedConnector connector, string system) : ISystemConnection
{
    private static int s_count;

    public string Name { get; } = $"{system}-{Interlocked.Increment(ref s_count)}";

    public bool IsDisposed { get; private set; }

    public Task ReceiveAsync(EndpointContext endpoint, IIngress ingress, CancellationToken cancellationToken) => Task.CompletedTask;

    public ISender OpenSender(EndpointContext endpoint) => new Sender(connector, endpoint.Name, Name);

    public IRequester OpenRequester(EndpointContext endpoint) => new Requester(connector, endpoint.Name);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private sealed class Sender(ScriptedConnector connector, EndpointName endpoint, string connection) : ISender
    {
        public ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken) =>
            connector.SendAsync(endpoint, connection, message, cancellationToken);
    }

    private sealed class Requester(ScriptedConnector connector, EndpointName endpoint) : IRequester
    {
        public async ValueTask<ReadOnlyMemory<byte>?> RequestAsync(IReadOnlyList<KeyValuePair<string, string>> where, CancellationToken cancellationToken) =>
            await connector.Answer(endpoint, cancellationToken) is { } answer ? Encoding.UTF8.GetBytes(answer) : (ReadOnlyMemory<byte>?)null;
    }
}
