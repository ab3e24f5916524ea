using Hub.Abstractions.Connectors;

namespace Connectors.Http;

/// <summary>
/// Systems that are spoken to over HTTP. Messages are taken in by the hub's own ingress, sent as a request with an
/// <c>Idempotency-Key</c> and the CloudEvents 1.0 attributes in binary mode, and asked for by GET.
/// </summary>
public sealed class HttpConnector : IConnector
{
    public ConnectorSpec Spec => HttpSpec.Spec;

    public ISystemConnection Open(SystemContext context) => new HttpSystem(context);
}
