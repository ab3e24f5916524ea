using Mappings.Yaml;

namespace Connectors.RabbitMq;

/// <summary>An exchange as the configuration has it.</summary>
internal sealed record ExchangeSettings(string Name, string Type, string Declare, bool Durable)
{
    public static ExchangeSettings Read(SpecValue settings) =>
        new(settings.Text("name"), settings.Text("type"), settings.Text("declare"), settings.Boolean("durable"));
}
