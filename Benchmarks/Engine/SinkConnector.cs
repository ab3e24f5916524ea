using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Mappings.Yaml;

namespace Benchmarks.Engine;

/// <summary>Targets in this process that confirm at once.</summary>
internal sealed class SinkConnector : IConnector, ISystemConnection, ISender
{
    private static readonly ObjectSpec NoKeys = new("sink", "A target in this process.", "{}", []);
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public ConnectorSpec Spec { get; } = new("sink", NoKeys, NoKeys, ConnectorAbilities.ReceiveHttp | ConnectorAbilities.Send | ConnectorAbilities.HoldsUnacked);

    public ISystemConnection Open(SystemContext context) => this;

    public Task ReceiveAsync(EndpointContext endpoint, IIngress ingress, CancellationToken cancellationToken) => Task.CompletedTask;

    public ISender OpenSender(EndpointContext endpoint) => this;

    public IRequester OpenRequester(EndpointContext endpoint) => throw new NotSupportedException();

    public ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
