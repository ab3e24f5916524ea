using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Connectors.RabbitMq;

/// <summary>One endpoint as the configuration has it.</summary>
internal sealed class EndpointSettings
{
    private static readonly string[] OfNServiceBus = ["message_type", "subscribe"];

    private EndpointSettings(EndpointContext context, Findings findings)
    {
        Context = context;
        var settings = context.Settings;
        Queue = settings.ObjectOrNull("queue") is { } queue ? QueueSettings.Read(queue, findings) : null;
        Exchange = settings.ObjectOrNull("exchange") is { } exchange ? ExchangeSettings.Read(exchange) : null;
        Bindings = [.. settings.Objects("bindings").Select(BindingSettings.Read)];
        Content = ContentKinds.Of(settings.TextOrNull("content"));
        MessageTypes = settings.Texts("message_type");
        Subscribe = settings.Texts("subscribe");
        RoutingKey = Template(settings.Find("routing_key"), findings);
        Headers = [.. settings.Map("headers").Select(h => KeyValuePair.Create(h.Key, Template(h.Value, findings)!)).Where(h => h.Value is not null)];
        Check(settings, findings);
    }

    public EndpointContext Context { get; }

    public EndpointName Name => Context.Name;

    public QueueSettings? Queue { get; }

    public ExchangeSettings? Exchange { get; }

    public IReadOnlyList<BindingSettings> Bindings { get; }

    /// <summary>Null when the configuration leaves it open.</summary>
    public ContentKind? Content { get; }

    public bool IsNServiceBus => Content == ContentKind.NServiceBus;

    public IReadOnlyList<string> MessageTypes { get; }

    public IReadOnlyList<string> Subscribe { get; }

    public FieldTemplate? RoutingKey { get; }

    public IReadOnlyList<KeyValuePair<string, FieldTemplate>> Headers { get; }

    public int Prefetch => (int)Context.Settings.Integer("prefetch");

    public long PrefetchSize => Context.Settings.Size("prefetch_size");

    public string? ErrorQueue => Context.Settings.TextOrNull("error_queue");

    public static EndpointSettings Read(EndpointContext context, Findings findings) => new(context, findings);

    private void Check(SpecValue settings, Findings findings)
    {
        if (Queue is null && Exchange is null && MessageTypes.Count == 0) findings.Error("CFG343", settings.At, settings.Path, ("endpoint", Name.ToString()));
        if (Queue is null && (Bindings.Count > 0 || Subscribe.Count > 0)) findings.Error("CFG344", settings.Position(Bindings.Count > 0 ? "bindings" : "subscribe"), settings.Path);
        foreach (var key in OfNServiceBus.Where(k => settings.Has(k) && !IsNServiceBus)) findings.Error("CFG345", settings.Position(key), settings.PathOf(key), ("key", key));
        if (IsNServiceBus && Exchange is not null) findings.Error("CFG350", settings.Position("exchange"), settings.PathOf("exchange"));
        if (StreamOffset.TryParse(settings.Text("offset"), out _) is false) findings.Error("CFG351", settings.Position("offset"), settings.PathOf("offset"));
        if (settings.Has("offset") && Queue is { IsStream: false }) findings.Error("CFG352", settings.Position("offset"), settings.PathOf("offset"));
        foreach (var (name, item) in settings.Map("headers").Where(h => ReservedHeaders.Contains(h.Key))) findings.Error("CFG285", item.KeyAt, item.Path, ("name", name));
    }

    private static FieldTemplate? Template(SpecItem? item, Findings findings)
    {
        if (item is null) return null;
        if (FieldTemplate.TryParse(item.Text) is { } template) return template;
        findings.Error("CFG346", item.At, item.Path);
        return null;
    }
}
