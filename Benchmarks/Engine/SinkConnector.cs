using System.Collections.Concurrent;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Mappings.Yaml;

namespace Benchmarks.Engine;

/// <summary>Targets in this process that confirm at once, or, as a broker does, all that waits together a little later.</summary>
internal sealed class SinkConnector : IConnector, ISystemConnection, ISender
{
    private readonly BlockingCollection<TaskCompletionSource>? _waiting;

    private static readonly ObjectSpec NoKeys = new("sink", "A target in this process.", "{}", []);
    private long _count;

    /// <param name="confirmsLater">Answers come from another thread.</param>
    public SinkConnector(bool confirmsLater)
    {
        if (!confirmsLater) return;
        _waiting = [];
        new Thread(Confirm) { IsBackground = true, Name = "confirms" }.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public ConnectorSpec Spec { get; } = new("sink", NoKeys, NoKeys, ConnectorAbilities.ReceiveHttp | ConnectorAbilities.Send | ConnectorAbilities.HoldsUnacked);

    public ISystemConnection Open(SystemContext context) => this;

    public Task ReceiveAsync(EndpointContext endpoint, IIngress ingress, CancellationToken cancellationToken) => Task.CompletedTask;

    public ISender OpenSender(EndpointContext endpoint) => this;

    public IRequester OpenRequester(EndpointContext endpoint) => throw new NotSupportedException();

    public ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        if (_waiting is null) return ValueTask.CompletedTask;
        var confirm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(confirm, cancellationToken);
        return new ValueTask(confirm.Task);
    }

    private void Confirm()
    {
        foreach (var confirm in _waiting!.GetConsumingEnumerable()) confirm.SetResult();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
