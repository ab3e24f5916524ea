using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;

namespace Hub.Core.Runtime;

/// <summary>A connection that is open, with what was asked of it: senders and requesters by endpoint, and the receivers that run.</summary>
internal sealed class OpenConnection(ConnectionDefinition definition, ISystemConnection opened)
{
    private readonly Dictionary<EndpointName, Target> _targets = [];
    private readonly Dictionary<EndpointName, Receiver> _receivers = [];

    public SystemConnection Connection { get; } = new(opened);

    public string Fingerprint { get; } = definition.Fingerprint;

    public Target Target(EndpointDefinition endpoint, Gate gate)
    {
        if (_targets.TryGetValue(endpoint.Name, out var target)) return target;
        var sends = endpoint.Abilities.HasFlag(ConnectorAbilities.Send);
        var answers = endpoint.Abilities.HasFlag(ConnectorAbilities.Request);
        target = new Target(
            gate,
            Connection,
            sends ? opened.OpenSender(endpoint.Context) : null,
            answers ? opened.OpenRequester(endpoint.Context) : null);
        _targets.Add(endpoint.Name, target);
        return target;
    }

    /// <summary>Starts receiving where pipelines begin, and stops it where none does any more.</summary>
    public async Task ReceiveAsync(IReadOnlyList<EndpointDefinition> endpoints, IIngress ingress, ReceiverContext context)
    {
        foreach (var endpoint in endpoints)
        {
            var wanted = endpoint.Pipelines.Count > 0 && endpoint.Abilities.HasFlag(ConnectorAbilities.Receive);
            if (wanted && !_receivers.ContainsKey(endpoint.Name)) _receivers.Add(endpoint.Name, Receiver.Start(opened, endpoint.Context, ingress, context));
            else if (!wanted && _receivers.Remove(endpoint.Name, out var receiver)) await receiver.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async Task StopReceivingAsync()
    {
        foreach (var receiver in _receivers.Values) await receiver.DisposeAsync().ConfigureAwait(false);
        _receivers.Clear();
    }
}
