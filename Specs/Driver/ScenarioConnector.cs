using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;

namespace Specs.Driver;

/// <summary>
/// The sandbox as a scenario needs it: its systems send nothing by themselves, only what the scenario says, and they fail
/// exactly as often as it says. The configuration stays the company's own.
/// </summary>
internal sealed class ScenarioConnector(IConnector sandbox, Refusals refusals) : IConnector
{
    public ConnectorSpec Spec => sandbox.Spec;

    public ISystemConnection Open(SystemContext context) => new Connection(sandbox.Open(context), refusals, context.Clock);

    private sealed class Connection(ISystemConnection sandbox, Refusals refusals, TimeProvider clock) : ISystemConnection
    {
        public async Task ReceiveAsync(EndpointContext endpoint, IIngress ingress, CancellationToken cancellationToken)
        {
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await stopped.Task.WaitAsync(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        }

        public ISender OpenSender(EndpointContext endpoint) => new Sender(sandbox.OpenSender(endpoint), endpoint, refusals);

        public IRequester OpenRequester(EndpointContext endpoint) => new Requester(sandbox.OpenRequester(endpoint), endpoint, refusals);

        public ValueTask DisposeAsync() => sandbox.DisposeAsync();
    }

    private sealed class Sender(ISender sandbox, EndpointContext endpoint, Refusals refusals) : ISender
    {
        public ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
        {
            refusals.Pass(endpoint.Name);
            return sandbox.SendAsync(message, cancellationToken);
        }
    }

    private sealed class Requester(IRequester sandbox, EndpointContext endpoint, Refusals refusals) : IRequester
    {
        public ValueTask<ReadOnlyMemory<byte>?> RequestAsync(IReadOnlyList<KeyValuePair<string, string>> where, CancellationToken cancellationToken)
        {
            refusals.Pass(endpoint.Name);
            return sandbox.RequestAsync(where, cancellationToken);
        }
    }
}
