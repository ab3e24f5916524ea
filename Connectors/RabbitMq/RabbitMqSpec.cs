using Hub.Abstractions.Connectors;
using Mappings.Yaml;

namespace Connectors.RabbitMq;

/// <summary>The keys of <c>connector: rabbitmq</c>.</summary>
internal static class RabbitMqSpec
{
    public const string Create = "create";
    public const string Check = "check";

    private static readonly FieldType Declare = FieldType.OneOf(Create, Check, "none");

    private static readonly ObjectSpec Tls = new(
        "tls",
        "How the broker's certificate is checked, and the hub's own. Only with amqps addresses.",
        "{ ca: certificates/company-ca.pem }",
        [
            FieldSpec.Optional("ca", FieldType.Path, "A PEM file, relative to the configuration folder, with the certificate authorities to trust instead of the machine's.", "certificates/company-ca.pem"),
            FieldSpec.Optional("certificate", FieldType.Path, "A PEM file with the certificate the hub shows to the broker.", "certificates/hub.pem"),
            FieldSpec.Optional("key", FieldType.Path, "A PEM file with the key of that certificate.", "/run/secrets/hub-key.pem"),
            FieldSpec.Optional("server_name", FieldType.Text, "The name in the broker's certificate. Default: the host of the address.", "bus.example.com"),
            FieldSpec.Optional("verify", FieldType.Boolean, "Whether the broker's certificate is checked; false is for a try-out only.", "true", "true"),
        ]);

    private static readonly ObjectSpec DeadLetter = new(
        "dead_letter",
        "Where the broker puts what it takes out of the queue.",
        "{ exchange: dlx, strategy: at-least-once }",
        [
            FieldSpec.Optional("exchange", FieldType.Text, "The dead-letter exchange; an empty text is the default exchange.", "dlx", "\"\""),
            FieldSpec.Optional("routing_key", FieldType.Text, "The routing key; without it the message keeps its own.", "erp.orders.dead"),
            FieldSpec.Optional("strategy", FieldType.OneOf("at-most-once", "at-least-once"), "at-least-once loses nothing on the way; it needs a quorum queue with overflow: reject-publish.", "at-least-once", "at-most-once"),
        ]);

    private static readonly ObjectSpec Queue = new(
        "queue",
        "The queue of an endpoint.",
        "{ name: erp.orders, type: quorum, delivery_limit: 50 }",
        [
            FieldSpec.Required("name", FieldType.Text, "The queue's name.", "erp.orders"),
            FieldSpec.Optional("type", FieldType.OneOf(QueueSettings.Quorum, QueueSettings.Classic, QueueSettings.Stream), "The queue's type.", "quorum", "quorum"),
            FieldSpec.Optional("declare", Declare, "create: declare it as written here; check: it must be there; none: do not look.", "check", "create"),
            FieldSpec.Optional("durable", FieldType.Boolean, "Whether it outlives a restart of the broker.", "true", "true"),
            FieldSpec.Optional("auto_delete", FieldType.Boolean, "Whether it goes with its last consumer.", "false", "false"),
            FieldSpec.Optional("delivery_limit", FieldType.Integer(1), "Quorum: how often the broker hands a message out again before it takes it out of the queue.", "50"),
            FieldSpec.Optional("dead_letter", FieldType.Object(DeadLetter), "Where the broker puts what it takes out of the queue.", "{ exchange: dlx }"),
            FieldSpec.Optional("max_length", FieldType.Integer(1), "Most messages.", "100000"),
            FieldSpec.Optional("max_bytes", FieldType.Size, "Most bytes of bodies.", "1GB"),
            FieldSpec.Optional("overflow", FieldType.OneOf("drop-head", "reject-publish"), "What becomes of more than that.", "reject-publish"),
            FieldSpec.Optional("message_ttl", FieldType.Duration, "How long a message may wait.", "7d"),
            FieldSpec.Optional("single_active_consumer", FieldType.Boolean, "Whether one consumer at a time takes from it, so that several nodes keep the order.", "true", "false"),
            FieldSpec.Optional("max_priority", FieldType.Integer(1, 255), "Classic: most priority of a message.", "10"),
            FieldSpec.Optional("arguments", FieldType.MapOf(FieldType.Scalar), "Further arguments of the declaration, as the broker calls them.", "{ x-queue-leader-locator: balanced }"),
        ],
        "name");

    private static readonly ObjectSpec Exchange = new(
        "exchange",
        "An exchange.",
        "{ name: crm, type: topic }",
        [
            FieldSpec.Required("name", FieldType.Text, "The exchange's name.", "crm"),
            FieldSpec.Optional("type", FieldType.OneOf("topic", "direct", "fanout", "headers"), "The exchange's type.", "topic", "topic"),
            FieldSpec.Optional("declare", Declare, "create: declare it as written here; check: it must be there; none: do not look.", "create", "check"),
            FieldSpec.Optional("durable", FieldType.Boolean, "Whether it outlives a restart of the broker.", "true", "true"),
        ],
        "name");

    private static readonly ObjectSpec Binding = new(
        "binding",
        "What brings messages of an exchange into the endpoint's queue.",
        "{ exchange: erp, routing_key: order.# }",
        [
            FieldSpec.Required("exchange", FieldType.Text, "The exchange the messages come from.", "erp"),
            FieldSpec.Optional("routing_key", FieldType.Text, "The routing key or the pattern of routing keys.", "order.#", "\"\""),
            FieldSpec.Optional("arguments", FieldType.MapOf(FieldType.Scalar), "Arguments of the binding, for headers exchanges.", "{ x-match: all, country: DE }"),
        ]);

    public static ConnectorSpec Spec { get; } = new(
        "rabbitmq",
        new ObjectSpec(
            "rabbitmq system",
            "A RabbitMQ broker, or a cluster of them.",
            "connector: rabbitmq\naddress: amqps://bus.example.com\nuser: hub\npassword: \"${BUS_PASSWORD}\"",
            [
                FieldSpec.Required("address", FieldType.ListOrOne(FieldType.Text, 1), "amqp:// or amqps:// with host and port; several for a cluster, or by reference.", "amqps://bus.example.com"),
                FieldSpec.Optional("user", FieldType.Text, "The user; without it that of the address, else guest.", "hub"),
                FieldSpec.Optional("password", FieldType.Text, "The password, by reference.", "${BUS_PASSWORD}").AsSecret(),
                FieldSpec.Optional("vhost", FieldType.Text, "The virtual host; without it that of the address, else /.", "sales"),
                FieldSpec.Optional("tls", FieldType.Object(Tls), "How the broker's certificate is checked.", "{ ca: certificates/company-ca.pem }"),
                FieldSpec.Optional("heartbeat", FieldType.Duration, "How often both sides make sure that the other is there.", "30s", "30s"),
                FieldSpec.Optional("connection_name", FieldType.Text, "What the broker's console calls the hub's connections. Default: hub and the system's name.", "hub-production"),
                FieldSpec.Optional("management", FieldType.Text, "The address of the management interface, for hub doctor: with it policies are read and checked.", "https://bus.example.com:15671"),
                FieldSpec.Optional("endpoint_name", FieldType.Text, "What NServiceBus endpoints know the hub by.", "ConnectorHub", "ConnectorHub"),
            ]),
        new ObjectSpec(
            "rabbitmq endpoint",
            "A queue messages are taken from or sent to, or an exchange they are published to.",
            "orders: { queue: erp.orders }",
            [
                FieldSpec.Optional("queue", FieldType.Object(Queue), "In: the queue messages are taken from. Out: the queue they are sent to, or with an exchange the one that is bound to it.", "erp.orders"),
                FieldSpec.Optional("exchange", FieldType.Object(Exchange), "Out: the exchange messages are published to.", "crm"),
                FieldSpec.Optional("routing_key", FieldType.Text, "Out: the routing key; {key} is the lane's key, {field} is filled from the message. Default: the queue's name, or nothing with an exchange.", "\"deal.{country}\""),
                FieldSpec.Optional("bindings", FieldType.List(FieldType.Object(Binding)), "What brings messages into the queue; made when the queue is declared, never taken away.", "[ { exchange: erp, routing_key: order.# } ]"),
                FieldSpec.Optional("content", FieldType.OneOf(ContentKinds.Names), "How the message's attributes travel: cloudevents-binary in headers, cloudevents-structured around the body, plain in the properties alone, nservicebus in NServiceBus's headers. Default: in, what the message is; out, cloudevents-binary.", "plain"),
                FieldSpec.Optional("prefetch", FieldType.Integer(1, 65_535), "In: most messages in hand that are not acknowledged.", "500", "500"),
                FieldSpec.Optional("prefetch_size", FieldType.Size, "In: most bytes of bodies in hand; large bodies lower the number of messages.", "32MB", "64MB"),
                FieldSpec.Optional("offset", FieldType.Text, "In, streams: where the hub begins that has not read the stream before: first, last, next, a number or a time.", "first", "first"),
                FieldSpec.Optional("headers", FieldType.MapOf(FieldType.Text), "Out: headers of the message; {key} and {field} as in routing_key.", "{ country: \"{country}\" }"),
                FieldSpec.Optional("priority", FieldType.Integer(0, 255), "Out: the message's priority.", "5"),
                FieldSpec.Optional("expiry", FieldType.Duration, "Out: how long the message may wait in queues.", "1h"),
                FieldSpec.Optional("message_type", FieldType.ListOrOne(FieldType.Text, 1), "Out, nservicebus: the .NET types of the message, its own first, then what it implements. Without a queue it is published.", "Erp.Messages.OrderPlaced"),
                FieldSpec.Optional("subscribe", FieldType.ListOrOne(FieldType.Text, 1), "In, nservicebus: the .NET types of the events the queue gets.", "[ Erp.Messages.OrderPlaced ]"),
                FieldSpec.Optional("reply_to", FieldType.Text, "Out: the queue that answers go to.", "hub.replies"),
                FieldSpec.Optional("error_queue", FieldType.Text, "In: the queue for messages that the hub cannot read, with NServiceBus's error headers; without it they are the hub's own dead letters.", "error"),
                ClaimBody.Field,
            ]),
        ConnectorAbilities.Receive | ConnectorAbilities.Send | ConnectorAbilities.HoldsUnacked);
}
