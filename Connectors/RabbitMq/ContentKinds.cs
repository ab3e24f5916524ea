namespace Connectors.RabbitMq;

/// <summary>The words of <c>content:</c>.</summary>
internal static class ContentKinds
{
    public static string[] Names { get; } = ["cloudevents-binary", "cloudevents-structured", "plain", "nservicebus"];

    public static ContentKind? Of(string? name) => name is null ? null : (ContentKind)Array.IndexOf(Names, name);
}
