using Hub.Abstractions.Connectors;

namespace Connectors.RabbitMq;

/// <summary>
/// Queues and exchanges of a RabbitMQ broker. What is received is acknowledged after the hub has answered, and only then;
/// what is sent is persistent, mandatory and confirmed. Queues, exchanges and bindings are declared or checked, never deleted
/// or changed.
/// </summary>
public sealed class RabbitMqConnector : IConnector
{
    public ConnectorSpec Spec => RabbitMqSpec.Spec;

    public ISystemConnection Open(SystemContext context) => new RabbitMqSystem(context);
}
