using Hub.Abstractions.Connectors;
using Mappings.Yaml;

namespace Hub.Core.Messaging;

/// <summary>The systems inside the hub: endpoints whose messages are handled by code that is registered in a <see cref="MessagingCatalog"/>.</summary>
internal sealed class MessagingConnector : IConnector
{
    public const string Kind = "messaging";

    /// <summary>The endpoint's key that says what a message is which names no type.</summary>
    public const string TypeKey = "type";

    public ConnectorSpec Spec { get; } = new(
        Kind,
        new ObjectSpec(
            "messaging system",
            "Endpoints inside the hub whose messages go to sagas and handlers written in C#. `retry` says how often one that throws is called again.",
            "connector: messaging\nendpoints: { orders: {} }",
            []),
        new ObjectSpec(
            "messaging endpoint",
            "The messages of one saga, or of some handlers.",
            "orders: { type: Shop.PlaceOrder }",
            [FieldSpec.Optional(TypeKey, FieldType.Text, "What a message is that does not name one of the endpoint's types itself, as those that a pipeline sends.", "Shop.PlaceOrder")]),
        ConnectorAbilities.Receive | ConnectorAbilities.ReceiveHttp | ConnectorAbilities.Send);

    public ISystemConnection Open(SystemContext context) => new MessagingConnection();
}
