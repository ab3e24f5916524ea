using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>Turns a system file, with the environment laid over it, into its record.</summary>
internal static class SystemReader
{
    /// <summary>Null when there are errors; the names of the system and its endpoints are known then all the same.</summary>
    public static SystemConfig? Read(string name, YamlMapping? root, YamlMapping? overlay, LoadContext context)
    {
        if (root is null)
        {
            context.Known.AddUnreadSystem(name);
            return null;
        }

        var merged = overlay is null ? root : Overlay.Merge(root, overlay);
        if (Connector(merged, context) is not { } connector)
        {
            context.Known.AddUnreadSystem(name);
            return null;
        }

        var spec = context.Specs.System(connector);
        if (overlay is not null && ConnectorOf(root) != connector) merged = Overlay.Merge(Overlay.FitTo(root, spec), overlay);
        context.Known.Add(ReferenceKind.System, name);
        var endpoints = merged["endpoints"] as YamlMapping;
        foreach (var endpoint in endpoints?.Entries ?? []) context.Known.Add(ReferenceKind.Endpoint, $"{name}.{endpoint.Key}");
        var wrongNames = CheckNames(endpoints, context.Findings);
        var value = SpecReader.Read(merged, spec, context.Findings, context.References, names: context.Names);
        return value is null || wrongNames ? null : Config(name, connector, value, context);
    }

    private static string? Connector(YamlMapping root, LoadContext context)
    {
        var kinds = context.Specs.Connectors.Keys.Order(StringComparer.Ordinal);
        if (ConnectorOf(root) is not { } connector)
        {
            context.Findings.Error("YML126", root.Position, "", ("key", "connector"), ("owner", "system"), ("example", kinds.FirstOrDefault() ?? "http"));
            return null;
        }

        if (context.Specs.Connectors.ContainsKey(connector)) return connector;
        KnownNames.Unknown("connector", connector, kinds, root["connector"]!.Position, "connector", context.Findings);
        return null;
    }

    private static string? ConnectorOf(YamlMapping root) => root["connector"] is YamlScalar { IsEmpty: false } scalar ? scalar.Value : null;

    private static bool CheckNames(YamlMapping? endpoints, Findings findings)
    {
        var wrong = false;
        foreach (var endpoint in endpoints?.Entries ?? [])
        {
            if (SpecReader.ReadItem(endpoint.KeyNode, FieldType.Name, "deals", findings, path: "endpoints") is null) wrong = true;
        }

        return wrong;
    }

    private static SystemConfig? Config(string name, string connector, SpecValue value, LoadContext context)
    {
        var limits = value.Object("limits");
        var retry = value.Object("retry");
        var breaker = value.Object("breaker");
        var endpoints = new OrderedDictionary<string, EndpointConfig>(StringComparer.Ordinal);
        foreach (var (endpoint, item) in value.Map("endpoints"))
        {
            if (EndpointFormat.Read(item.Object, context.Limits, context.Layouts, context.Findings) is { } format)
                endpoints.Add(endpoint, new EndpointConfig(endpoint, item.Object, format, EndpointFormat.ClaimCheck(item.Object, context.Findings), item.KeyAt));
        }

        if (endpoints.Count < value.Map("endpoints").Count) return null;
        return new SystemConfig(
            name,
            connector,
            value,
            endpoints,
            new SystemLimitsConfig(limits.Find("rate")?.Rate, (int)limits.Integer("concurrency"), limits.Duration("timeout")),
            new RetryConfig((int)retry.Integer("immediate"), [.. retry.List("delayed").Select(d => d.Duration)], retry.Percent("jitter")),
            new BreakerConfig((int)breaker.Integer("failures"), breaker.Duration("open")),
            value.Text("after_dead") == "hold" ? AfterDead.Hold : AfterDead.Continue,
            value.ObjectOrNull("ingress")?.Text("api_key"),
            value.Position("system"));
    }
}
