using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Connectors.RabbitMq;

/// <summary>A queue as the configuration has it.</summary>
internal sealed class QueueSettings
{
    public const string Quorum = "quorum";
    public const string Classic = "classic";
    public const string Stream = "stream";

    public const string TypeArgument = "x-queue-type";
    private static readonly string[] NotForStreams = ["delivery_limit", "dead_letter", "message_ttl", "max_priority", "max_length", "overflow"];

    private QueueSettings(SpecValue settings)
    {
        Settings = settings;
        Name = settings.Text("name");
        Type = settings.Text("type");
        Declare = settings.Text("declare");
        Durable = settings.Boolean("durable");
        AutoDelete = settings.Boolean("auto_delete");
        Arguments = ReadArguments(settings);
    }

    public SpecValue Settings { get; }

    public string Name { get; }

    public string Type { get; }

    public string Declare { get; }

    public bool Durable { get; }

    public bool AutoDelete { get; }

    public IReadOnlyDictionary<string, object?> Arguments { get; }

    public bool IsStream => Type == Stream;

    public static QueueSettings Read(SpecValue settings, Findings findings)
    {
        var queue = new QueueSettings(settings);
        void Refuse(string key) => findings.Error("CFG347", settings.Position(key), settings.PathOf(key), ("key", key), ("type", queue.Type));
        if (queue.Type != Classic)
        {
            if (!queue.Durable) Refuse("durable");
            if (queue.AutoDelete) Refuse("auto_delete");
            if (settings.Has("max_priority") && !queue.IsStream) Refuse("max_priority");
        }

        if (queue.Type != Quorum && settings.Has("delivery_limit") && !queue.IsStream) Refuse("delivery_limit");
        foreach (var key in NotForStreams.Where(k => queue.IsStream && settings.Has(k))) Refuse(key);
        if (queue.IsStream && settings.Boolean("single_active_consumer")) Refuse("single_active_consumer");
        if (queue.Name.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(queue.Name) > 255) findings.Error("CFG348", settings.Position("name"), settings.PathOf("name"));
        if (settings.ObjectOrNull("dead_letter") is { } dead && dead.Text("strategy") == "at-least-once" && (queue.Type != Quorum || settings.TextOrNull("overflow") != "reject-publish"))
            findings.Error("CFG349", dead.Position("strategy"), dead.PathOf("strategy"));
        return queue;
    }

    private static Dictionary<string, object?> ReadArguments(SpecValue settings)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { [TypeArgument] = settings.Text("type") };
        void Number(string key, string name)
        {
            if (settings.Has(key)) arguments[name] = settings.Integer(key);
        }

        Number("delivery_limit", "x-delivery-limit");
        Number("max_length", "x-max-length");
        if (settings.Has("max_bytes")) arguments["x-max-length-bytes"] = settings.Size("max_bytes");
        if (settings.TextOrNull("overflow") is { } overflow) arguments["x-overflow"] = overflow;
        if (settings.Has("message_ttl")) arguments["x-message-ttl"] = (long)settings.Duration("message_ttl").TotalMilliseconds;
        if (settings.Boolean("single_active_consumer")) arguments["x-single-active-consumer"] = true;
        Number("max_priority", "x-max-priority");
        if (settings.ObjectOrNull("dead_letter") is { } dead)
        {
            arguments["x-dead-letter-exchange"] = dead.Text("exchange");
            if (dead.TextOrNull("routing_key") is { } key) arguments["x-dead-letter-routing-key"] = key;
            if (dead.Has("strategy")) arguments["x-dead-letter-strategy"] = dead.Text("strategy");
        }

        foreach (var (name, item) in settings.Map("arguments")) arguments[name] = Scalar(item.Constant);
        return arguments;
    }

    /// <summary>A constant as AMQP has it.</summary>
    public static object? Scalar(YamlConstant constant) => constant.Kind switch
    {
        YamlConstantKind.Null => null,
        YamlConstantKind.Boolean => constant.Text == "true",
        YamlConstantKind.Number when long.TryParse(constant.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        YamlConstantKind.Number => double.Parse(constant.Text, CultureInfo.InvariantCulture),
        _ => constant.Text,
    };
}
