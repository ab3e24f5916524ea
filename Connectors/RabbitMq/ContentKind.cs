namespace Connectors.RabbitMq;

/// <summary>How the attributes of a message travel.</summary>
internal enum ContentKind
{
    CloudEventsBinary,
    CloudEventsStructured,
    Plain,
    NServiceBus,
}
