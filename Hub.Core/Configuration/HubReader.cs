using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>Turns hub.yaml into its record.</summary>
internal static class HubReader
{
    /// <summary>The file's content, or the defaults when it is missing or has errors.</summary>
    public static HubConfig Read(IConfigurationFiles files, YamlMapping? overlay, IReferenceSource references, Findings findings)
    {
        if (!files.Files.TryGetValue(ConfigurationLayout.HubFile, out var file))
        {
            findings.Error("CFG201", SourcePosition.WholeFile(ConfigurationLayout.HubFile), "", ("example", FileSpecs.Hub.Example));
            return Default();
        }

        if (new NamedFiles(files, findings).Mapping(file, FileSpecs.Hub.Example) is not { } root) return Default();
        var merged = overlay is null ? root : Overlay.Merge(root, overlay);
        return SpecReader.Read(merged, FileSpecs.Hub, findings, references) is { } value ? Config(value) : Default();
    }

    public static HubConfig Default() =>
        Config(SpecReader.Read(new YamlMapping(SourcePosition.WholeFile(ConfigurationLayout.HubFile), []), FileSpecs.Hub, [])!);

    private static HubConfig Config(SpecValue value)
    {
        var ingress = value.Object("ingress");
        var operations = value.Object("operations");
        var retention = value.Object("retention");
        var limits = value.Object("limits");
        return new HubConfig(
            value.Text("hub"),
            value.TextOrNull("language"),
            value.Text("data"),
            value.Object("store").Text("file"),
            value.Object("store").ObjectOrNull("postgresql") is { } postgresql ? new PostgreSqlConfig(postgresql.Text("connection"), postgresql.Text("schema")) : null,
            new NodesConfig(value.Object("nodes").TextOrNull("name"), value.Object("nodes").Duration("lease")),
            new IngressConfig(ingress.Text("address"), ingress.Size("max_body"), (int)ingress.Integer("in_flight")),
            new OperationsConfig(operations.TextOrNull("key_sha256") is { } key ? KeyOf(key) : null),
            new RetentionConfig(retention.Duration("settled"), retention.Duration("dead"), retention.Find("at"), retention.Find("zone")),
            new LimitsConfig(limits.Size("document"), (int)limits.Integer("depth")),
            value.List("extensions"),
            value.Boolean("require_tests"),
            value);
    }

    /// <summary>The hash's bytes; none for a text that is no SHA-256, which the rules refuse.</summary>
    private static byte[] KeyOf(string hex) => hex.Length == 64 && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : [];
}
