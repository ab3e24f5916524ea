using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Mappings.Diagnostics;

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
        target = new Target(
            gate,
            Connection,
            Open(endpoint.Abilities.HasFlag(ConnectorAbilities.Send), endpoint.IsSentTo, () => opened.OpenSender(endpoint.Context)),
            Open(endpoint.Abilities.HasFlag(ConnectorAbilities.Request), endpoint.IsAsked, () => opened.OpenRequester(endpoint.Context)));
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

    /// <summary>
    /// What the connector refuses is no matter where no pipeline needs it: an endpoint that only receives has no address. It
    /// is opened all the same where it can be, for deliveries that wait for an endpoint no pipeline names any more.
    /// </summary>
    private static T? Open<T>(bool able, bool needed, Func<T> open)
        where T : class
    {
        if (!able) return null;
        try
        {
            return open();
        }
        catch (MappingException) when (!needed)
        {
            return null;
        }
    }
}
