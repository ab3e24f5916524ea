using System.Text.Json;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>
/// The CloudEvents 1.0 AMQP binding as it is used on AMQP 0-9-1: attributes are headers with the prefix <c>cloudEvents_</c> or
/// <c>cloudEvents:</c> (both are read, the first is written), the content type is the property; a structured event is the body.
/// </summary>
internal static class CloudEventsBinding
{
    public const string StructuredType = "application/cloudevents+json";

    private const string Written = "cloudEvents_";
    private const string Other = "cloudEvents:";

    public static bool IsBinary(IReadOnlyBasicProperties properties) => Attribute(properties, "specversion") is not null;

    public static bool IsStructured(IReadOnlyBasicProperties properties) =>
        properties.ContentType?.StartsWith(StructuredType, StringComparison.OrdinalIgnoreCase) ?? false;

    public static MessageAttributes ReadBinary(IReadOnlyBasicProperties properties) => new()
    {
        EventId = Attribute(properties, "id") ?? properties.MessageId,
        Source = Attribute(properties, "source"),
        Type = Attribute(properties, "type"),
        Subject = Attribute(properties, "subject"),
        Time = Attribute(properties, "time"),
        TraceParent = HeaderText.Of(properties, "traceparent") ?? Attribute(properties, "traceparent"),
    };

    /// <summary>Takes a structured event apart.</summary>
    /// <returns>False when the body is none: it is a message like any other then, and its own format says what is wrong with it.</returns>
    public static bool TryReadStructured(ReadOnlyMemory<byte> body, out MessageAttributes attributes, out ReadOnlyMemory<byte> data, out string? contentType)
    {
        (attributes, data, contentType) = (MessageAttributes.None, default, null);
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "specversion") is null) return false;
            attributes = new MessageAttributes
            {
                EventId = Text(root, "id"),
                Source = Text(root, "source"),
                Type = Text(root, "type"),
                Subject = Text(root, "subject"),
                Time = Text(root, "time"),
                TraceParent = Text(root, "traceparent"),
            };
            contentType = Text(root, "datacontenttype");
            data = root.TryGetProperty("data_base64", out var base64) && base64.ValueKind == JsonValueKind.String ? base64.GetBytesFromBase64()
                : !root.TryGetProperty("data", out var value) ? default
                : value.ValueKind == JsonValueKind.String && contentType is not null && !IsJson(contentType) ? System.Text.Encoding.UTF8.GetBytes(value.GetString()!)
                : System.Text.Encoding.UTF8.GetBytes(value.GetRawText());
            return true;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }
    }

    public static void WriteBinary(Dictionary<string, object?> headers, OutgoingMessage message)
    {
        foreach (var (name, value) in Attributes(message)) headers[Written + name] = value;
    }

    /// <summary>An event around the body: JSON stands in it as it is, anything else in base64.</summary>
    public static byte[] WriteStructured(OutgoingMessage message, ReadOnlyMemory<byte> body, string contentType)
    {
        using var output = new MemoryStream(body.Length + 512);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in Attributes(message)) writer.WriteString(name, value);
            if (message.Attributes.TraceParent is { Length: > 0 } trace) writer.WriteString("traceparent", trace);
            writer.WriteString("datacontenttype", contentType);
            if (IsJson(contentType))
            {
                writer.WritePropertyName("data");
                writer.WriteRawValue(body.Span, skipInputValidation: true);
            }
            else writer.WriteBase64String("data_base64", body.Span);
            writer.WriteEndObject();
        }

        return output.ToArray();
    }

    private static IEnumerable<(string Name, string Value)> Attributes(OutgoingMessage message)
    {
        var attributes = message.Attributes;
        yield return ("specversion", "1.0");
        yield return ("id", message.IdempotencyKey);
        yield return ("source", string.IsNullOrEmpty(attributes.Source) ? "/pipelines/" + Uri.EscapeDataString(message.Pipeline) : attributes.Source);
        yield return ("type", string.IsNullOrEmpty(attributes.Type) ? message.Pipeline : attributes.Type);
        if (!string.IsNullOrEmpty(attributes.Subject)) yield return ("subject", attributes.Subject);
        if (!string.IsNullOrEmpty(attributes.Time)) yield return ("time", attributes.Time);
    }

    private static string? Attribute(IReadOnlyBasicProperties properties, string name) =>
        HeaderText.Of(properties, Written + name) ?? HeaderText.Of(properties, Other + name);

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsJson(string contentType) => contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || contentType.Split(';')[0].TrimEnd().EndsWith("+json", StringComparison.OrdinalIgnoreCase);
}
