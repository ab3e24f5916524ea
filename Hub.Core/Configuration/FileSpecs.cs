using Hub.Abstractions.Connectors;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>The fields of the files in a configuration folder.</summary>
public static class FileSpecs
{
    public static ObjectSpec Hub { get; } = new("hub.yaml", "The hub itself: where it stores, listens and what it allows.", "hub: example-company\nstore: { file: hub.db }",
    [
        FieldSpec.Optional("hub", FieldType.Name, "Name of this hub in logs and views.", "example-company", "hub"),
        FieldSpec.Optional("language", FieldType.OneOf("en", "zh"), "Language of what the hub says to people; without it the language of its process.", "en"),
        FieldSpec.Optional("data", FieldType.Text, "Folder of everything the hub writes, relative to the configuration folder.", "../data", "../data"),
        FieldSpec.Optional("store", FieldType.Object(Store), "Where the journal is kept.", "{ file: hub.db }", "{}"),
        FieldSpec.Optional("nodes", FieldType.Object(Nodes), "This hub as one of several that share a journal in PostgreSQL.", "{ name: \"${HUB_NODE}\" }", "{}"),
        FieldSpec.Optional("ingress", FieldType.Object(Ingress), "Where systems post their messages.", "{ address: \"http://127.0.0.1:8080\" }", "{}"),
        FieldSpec.Optional("operations", FieldType.Object(Operations), "Who may operate the hub.", "{ key_sha256: \"${HUB_OPERATOR_KEY_SHA256}\" }", "{}"),
        FieldSpec.Optional("retention", FieldType.Object(Retention), "How long the journal keeps messages.", "{ settled: 30d }", "{}"),
        FieldSpec.Optional("limits", FieldType.Object(Limits), "What one message may cost.", "{ document: 64MB }", "{}"),
        FieldSpec.Optional("extensions", FieldType.List(FieldType.Path), "Assemblies with AutoMapper profiles, sagas or handlers, relative to the configuration folder; they run with all rights of the hub.", "[ extensions/Company.Maps.dll ]"),
        FieldSpec.Optional("require_tests", FieldType.Boolean, "Whether a mapping without tests is an error.", "true", "false"),
    ]);

    public static ObjectSpec Environment { get; } = new("environment", "What is different in one environment: keys here replace those of the files they name.",
        "environment: test\nsystems:\n  crm: { connector: sandbox }",
    [
        FieldSpec.Required("environment", FieldType.Name, "Name of the environment, the name of the file.", "test"),
        FieldSpec.Optional("description", FieldType.Text, "What the environment is for.", "acceptance tests"),
        FieldSpec.Optional("hub", FieldType.MapOf(FieldType.Any), "Keys laid over hub.yaml.", "{ language: zh }"),
        FieldSpec.Optional("systems", FieldType.MapOf(FieldType.MapOf(FieldType.Any)), "Keys laid over the named system files.", "{ crm: { connector: sandbox } }"),
    ]);

    public static ObjectSpec Pipeline { get; } = new("pipeline", "The way of messages from one endpoint to others.",
        "pipeline: erp-orders-to-crm\nfrom: erp.orders\nsteps:\n  - send: crm.deals",
    [
        FieldSpec.Required("pipeline", FieldType.Name, "Name of the pipeline, the name of the file.", "erp-orders-to-crm"),
        FieldSpec.Optional("description", FieldType.Text, "What the pipeline is for.", "approved orders become deals"),
        FieldSpec.Optional("owner", FieldType.Text, "Whom to ask.", "sales-it@example.com"),
        FieldSpec.Required("from", FieldType.Reference(ReferenceKind.Endpoint), "The endpoint whose messages it takes.", "erp.orders"),
        FieldSpec.Optional("key", FieldType.Expression, "The lane: messages of one key are delivered in their order.", "header.orderNo"),
        FieldSpec.Optional("dedupe", FieldType.Expression, "What makes a message a duplicate: event (the sender's event id, else the content), content, key, none, or an expression behind \"= \".", "content", "event"),
        FieldSpec.Optional("durability", FieldType.OneOf("journal", "broker"), "What keeps a message until it is delivered: the hub's journal, or the queue it comes from, where it stays un-acknowledged; then only what does not go well is written to the journal.", "broker", "journal"),
        FieldSpec.Required("steps", FieldType.List(FieldType.AnyAsWritten, 1), "What is done with a message, in order.", "[ { send: crm.deals } ]"),
        FieldSpec.Optional("tests", FieldType.List(FieldType.AnyAsWritten), "Tests of the whole pipeline, for hub test.", "[ { name: draft is dropped } ]"),
    ]);

    private static ObjectSpec Store => new("store", "Where the journal is kept.", "{ file: hub.db }",
    [
        FieldSpec.Optional("file", FieldType.Path, "The journal's file, relative to the data folder.", "hub.db", "hub.db"),
        FieldSpec.Optional("postgresql", FieldType.Object(PostgreSql), "A PostgreSQL database that keeps the journal instead of a file.", "{ connection: \"${HUB_DB}\" }"),
    ]);

    private static ObjectSpec PostgreSql => new("postgresql", "A PostgreSQL database that keeps the journal.", "{ connection: \"${HUB_DB}\", schema: hub }",
    [
        FieldSpec.Required("connection", FieldType.Text, "How to connect: Host=…;Database=…;Username=…;Password=… or postgresql://user:password@host/database.", "${HUB_DB}").AsSecret(),
        FieldSpec.Optional("schema", FieldType.Text, "Schema of the hub's tables; the hub makes it. Hubs that name the same one are nodes of one hub.", "hub", "hub"),
    ]);

    private static ObjectSpec Nodes => new("nodes", "This hub as one of several that share a journal in PostgreSQL.", "{ name: \"${HUB_NODE}\", lease: 3s }",
    [
        FieldSpec.Optional("name", FieldType.Text, "Its name, unlike that of any other node; without it one made of the machine's name and the port.", "\"${HUB_NODE}\""),
        FieldSpec.Optional("lease", FieldType.Duration, "How long after its last sign of life the others take it for dead and its lanes over; 1s to 1m. It gives three signs in it.", "3s", "3s"),
    ]);

    private static ObjectSpec Ingress => new("ingress", "Where systems post their messages.", "{ address: \"http://127.0.0.1:8080\" }",
    [
        FieldSpec.Optional("address", FieldType.Text, "Address to listen on.", "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        FieldSpec.Optional("max_body", FieldType.Size, "Largest body of a request.", "16MB", "16MB"),
        FieldSpec.Optional("in_flight", FieldType.Integer(1, 1_000_000), "Messages accepted and not settled, above which new ones are refused with 429.", "50000", "50000"),
    ]);

    private static ObjectSpec Operations => new("operations", "Who may operate the hub.", "{ key_sha256: \"${HUB_OPERATOR_KEY_SHA256}\" }",
    [
        FieldSpec.Optional("key_sha256", FieldType.Text, "SHA-256 of the operator key, 64 hex digits; without it the hub listens on loopback addresses only.", "${HUB_OPERATOR_KEY_SHA256}"),
    ]);

    private static ObjectSpec Retention => new("retention", "How long the journal keeps messages.", "{ settled: 30d, dead: 90d }",
    [
        FieldSpec.Optional("settled", FieldType.Duration, "Messages that were delivered, filtered or duplicates.", "30d", "30d"),
        FieldSpec.Optional("dead", FieldType.Duration, "Dead letters.", "90d", "90d"),
        FieldSpec.Optional("at", FieldType.Text, "When what is too old goes: a cron expression (seconds, minutes, hours, day of month, month, day of week); hourly without it.", "0 30 3 * * ?"),
        FieldSpec.Optional("zone", FieldType.Text, "The IANA time zone of `at`; UTC without it.", "Europe/Berlin"),
    ]);

    private static ObjectSpec Limits => new("limits", "What one message may cost.", "{ document: 64MB }",
    [
        FieldSpec.Optional("document", FieldType.Size, "Largest document that is held in memory.", "64MB", "64MB"),
        FieldSpec.Optional("depth", FieldType.Integer(8, 1_000), "Deepest nesting of a document.", "128", "128"),
    ]);

    /// <summary>The fields that every system has.</summary>
    private static IReadOnlyList<FieldSpec> SystemFields { get; } =
    [
        FieldSpec.Required("system", FieldType.Name, "Name of the system, the name of the file.", "crm"),
        FieldSpec.Optional("description", FieldType.Text, "What the system is.", "sales CRM"),
        FieldSpec.Required("connector", FieldType.Name, "The kind of connection.", "http"),
        FieldSpec.Optional("ingress", FieldType.Object(new ObjectSpec("ingress", "Who may post messages of this system.", "{ api_key: \"${ERP_KEY}\" }",
        [
            FieldSpec.Required("api_key", FieldType.Text, "The key that callers send as X-Api-Key or as a bearer token.", "${ERP_KEY}").AsSecret(),
        ])), "Who may post messages of this system; without it everybody who reaches the hub.", "{ api_key: \"${ERP_KEY}\" }"),
        FieldSpec.Optional("limits", FieldType.Object(new ObjectSpec("limits", "How much the system bears.", "{ rate: 10/s, concurrency: 4, timeout: 30s }",
        [
            FieldSpec.Optional("rate", FieldType.Rate, "Most deliveries in a time; without it there is no limit.", "10/s"),
            FieldSpec.Optional("concurrency", FieldType.Integer(1, 1_000), "Deliveries at the same time.", "4", "4"),
            FieldSpec.Optional("timeout", FieldType.Duration, "Longest time of one attempt.", "30s", "30s"),
        ])), "How much the system bears.", "{ rate: 10/s }", "{}"),
        FieldSpec.Optional("retry", FieldType.Object(new ObjectSpec("retry", "When a failed delivery is tried again.", "{ immediate: 2, delayed: [ 10s, 1m, 10m ], jitter: 20% }",
        [
            FieldSpec.Optional("immediate", FieldType.Integer(0, 10), "Attempts at once after the first.", "2", "2"),
            FieldSpec.Optional("delayed", FieldType.List(FieldType.Duration), "Waits before further attempts, ascending.", "[ 10s, 1m, 10m ]", "[ 10s, 1m, 10m ]"),
            FieldSpec.Optional("jitter", FieldType.Percent, "How far a wait may vary by chance.", "20%", "20%"),
        ])), "When a failed delivery is tried again.", "{ immediate: 2 }", "{}"),
        FieldSpec.Optional("breaker", FieldType.Object(new ObjectSpec("breaker", "When a failing system is left alone.", "{ failures: 5, open: 1m }",
        [
            FieldSpec.Optional("failures", FieldType.Integer(1, 1_000), "Failures in a row that open the breaker.", "5", "5"),
            FieldSpec.Optional("open", FieldType.Duration, "How long no attempt is made.", "1m", "1m"),
        ])), "When a failing system is left alone.", "{ failures: 5 }", "{}"),
        FieldSpec.Optional("after_dead", FieldType.OneOf("continue", "hold"), "Whether a lane goes on after a dead letter or waits for its replay.", "hold", "continue"),
    ];

    /// <summary>A name is a common field of all systems.</summary>
    internal static bool IsSystemField(string name) => name == "endpoints" || SystemFields.Any(f => f.Name == name);

    /// <summary>A name is a common field of all endpoints.</summary>
    internal static bool IsEndpointField(string name) => EndpointFormat.Fields.Any(f => f.Name == name);

    internal static ObjectSpec SystemWith(ConnectorSpec connector) => new("system", connector.System.Description, Example(connector),
    [
        .. SystemFields,
        .. connector.System.Fields,
        FieldSpec.Optional("endpoints", FieldType.MapOf(FieldType.Object(connector.Endpoint.With(EndpointFormat.Fields))), "The places of the system that pipelines name, as system.endpoint.", "{}"),
    ]);

    /// <summary>The required fields of the connector under those of every system.</summary>
    private static string Example(ConnectorSpec connector) =>
        string.Join('\n', connector.System.Fields.Where(f => f.IsRequired).Select(f => $"{f.Name}: {f.Example}").Prepend($"connector: {connector.Kind}").Prepend("system: crm"));
}
