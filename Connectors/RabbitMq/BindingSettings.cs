using Mappings.Yaml;

namespace Connectors.RabbitMq;

/// <summary>A binding of an endpoint's queue as the configuration has it.</summary>
internal sealed record BindingSettings(string Exchange, string RoutingKey, IReadOnlyDictionary<string, object?> Arguments)
{
    public static BindingSettings Read(SpecValue settings) =>
        new(settings.Text("exchange"), settings.Text("routing_key"), settings.Map("arguments").ToDictionary(a => a.Key, a => QueueSettings.Scalar(a.Value.Constant), StringComparer.Ordinal));
}
