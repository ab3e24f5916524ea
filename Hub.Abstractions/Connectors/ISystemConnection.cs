using Hub.Abstractions.Ingress;

namespace Hub.Abstractions.Connectors;

/// <summary>One configured system, opened. The members are asked once per endpoint; a connector answers only for abilities in its spec.</summary>
public interface ISystemConnection : IAsyncDisposable
{
    /// <summary>Takes messages in until the token is cancelled, handing each payload to <paramref name="ingress"/>. Survives failures of the outside by itself.</summary>
    Task ReceiveAsync(EndpointContext endpoint, IIngress ingress, CancellationToken cancellationToken);

    /// <summary>Makes the sender of an endpoint. It is used by many deliveries at once.</summary>
    /// <exception cref="Mappings.Diagnostics.MappingException">The endpoint's settings are not enough to send.</exception>
    ISender OpenSender(EndpointContext endpoint);

    /// <summary>Makes the requester of an endpoint. It is used by many messages at once.</summary>
    /// <exception cref="Mappings.Diagnostics.MappingException">The endpoint's settings are not enough to ask.</exception>
    IRequester OpenRequester(EndpointContext endpoint);
}
