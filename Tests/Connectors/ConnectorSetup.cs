using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Yaml;
using Microsoft.Extensions.Logging.Abstractions;
using Tests.Support;

namespace Tests.Connectors;

/// <summary>Opens connectors as the hub does: settings from YAML, checked against the connector's spec.</summary>
internal sealed class ConnectorSetup
{
    public ConnectorSetup()
    {
        Root = Directory.CreateTempSubdirectory("connectors-").FullName;
        ConfigurationFolder = Directory.CreateDirectory(Path.Combine(Root, "config")).FullName;
        DataFolder = Directory.CreateDirectory(Path.Combine(Root, "data")).FullName;
    }

    public FakeClock Clock { get; } = new();

    public string Root { get; }

    public string ConfigurationFolder { get; }

    public string DataFolder { get; }

    /// <summary>Values of <c>${NAME}</c> in settings.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public SystemContext System(IConnector connector, string name, string settings, params EndpointContext[] endpoints) => new()
    {
        Name = name,
        Settings = Read(settings, connector.Spec.System, $"systems/{name}.yaml"),
        Endpoints = endpoints,
        ConfigurationFolder = ConfigurationFolder,
        DataFolder = DataFolder,
        Clock = Clock,
        Random = new Random(7),
        Logger = NullLogger.Instance,
    };

    public EndpointContext Endpoint(IConnector connector, string name, string settings = "{}", FormatOptions? format = null) => new()
    {
        Name = EndpointName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name),
        Settings = Read(settings, connector.Spec.Endpoint, $"systems/{name}.yaml"),
        Format = format ?? new FormatOptions(),
    };

    public static OutgoingMessage Message(string body, string idempotencyKey = "0000000000001-0") => new()
    {
        Id = new MessageId(1),
        IdempotencyKey = idempotencyKey,
        Pipeline = "erp-orders-to-crm",
        Key = "K-1",
        Body = global::System.Text.Encoding.UTF8.GetBytes(body),
        Attributes = MessageAttributes.None,
        ReceivedAt = new DateTimeOffset(2024, 3, 4, 23, 30, 0, TimeSpan.FromHours(-5)),
        Attempt = 1,
    };

    public static TextEncoding Encoding(string name) => TextEncodings.TryGet(name, out var encoding) ? encoding : throw new ArgumentException(name);

    public void Delete() => Directory.Delete(Root, recursive: true);

    private SpecValue Read(string yaml, ObjectSpec spec, string file)
    {
        var findings = new Findings();
        var node = YamlFile.Parse(file, yaml, findings);
        var value = node is null ? null : SpecReader.Read(node, spec, findings, new References(Variables));
        return value ?? throw new MappingException(findings.Sorted());
    }

    private sealed class References(Dictionary<string, string> variables) : IReferenceSource
    {
        public string? Variable(string name) => variables.GetValueOrDefault(name);

        public string? File(string path) => null;
    }
}
