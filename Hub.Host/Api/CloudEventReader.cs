using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace Hub.Host.Api;

/// <summary>
/// CloudEvents 1.0, HTTP protocol binding: binary mode (<c>ce-*</c> headers) and structured mode
/// (<c>application/cloudevents+json</c>). An <c>Idempotency-Key</c> stands in for a missing <c>ce-id</c>.
/// </summary>
internal static class CloudEventReader
{
    private const string StructuredType = "application/cloudevents+json";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    public static bool IsStructured(string? contentType) =>
        contentType is not null && contentType.StartsWith(StructuredType, StringComparison.OrdinalIgnoreCase) && MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(StructuredType, StringComparison.OrdinalIgnoreCase);

    public static MessageAttributes ReadHeaders(IHeaderDictionary headers)
    {
        var id = One(headers, "ce-id") ?? One(headers, "Idempotency-Key");
        var trace = One(headers, HeaderNames.TraceParent);
        var source = One(headers, "ce-source");
        if (id is null && trace is null && source is null) return MessageAttributes.None;
        return new MessageAttributes
        {
            EventId = id,
            Source = source,
            Type = One(headers, "ce-type"),
            Subject = One(headers, "ce-subject"),
            Time = One(headers, "ce-time"),
            TraceParent = trace,
        };
    }

    /// <summary>Takes the event apart: its data becomes the body, byte for byte as it stood in the envelope.</summary>
    public static bool TryReadStructured(ReadOnlyMemory<byte> body, IncomingPayload envelope, out IncomingPayload payload, out Finding? fault)
    {
        payload = envelope;
        fault = null;
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return Fail("the envelope is not a JSON object", out fault);
            foreach (var required in (ReadOnlySpan<string>)["specversion", "id", "source", "type"])
            {
                if (Text(root, required) is null or "") return Fail($"the attribute {required} is missing", out fault);
            }

            if (Text(root, "specversion") != "1.0") return Fail($"specversion is {Text(root, "specversion")}, 1.0 is understood", out fault);
            payload = envelope with
            {
                Body = Data(root),
                Attributes = new MessageAttributes
                {
                    EventId = Text(root, "id"),
                    Source = Text(root, "source"),
                    Type = Text(root, "type"),
                    Subject = Text(root, "subject"),
                    Time = Text(root, "time"),
                    TraceParent = Text(root, "traceparent") ?? envelope.Attributes.TraceParent,
                },
            };
            return true;
        }
        catch (JsonException broken)
        {
            fault = Finding.Error(
                "ING723",
                new SourcePosition("body", (int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1),
                string.Empty,
                ("what", "the envelope is not JSON"));
            return false;
        }
        catch (FormatException)
        {
            return Fail("data_base64 is not base64", out fault);
        }
    }

    private static byte[] Data(JsonElement root)
    {
        if (root.TryGetProperty("data_base64", out var encoded)) return encoded.GetBytesFromBase64();
        if (!root.TryGetProperty("data", out var data)) return [];
        var type = Text(root, "datacontenttype");
        // Text of a format that is not JSON travels as a JSON string.
        return data.ValueKind == JsonValueKind.String && type is not null && !ContentTypes.Fits(type, "json")
            ? System.Text.Encoding.UTF8.GetBytes(data.GetString()!)
            : JsonMarshal.GetRawUtf8Value(data).ToArray();
    }

    private static bool Fail(string what, out Finding fault)
    {
        fault = Finding.Error("ING723", SourcePosition.WholeFile("body"), string.Empty, ("what", what));
        return false;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? One(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) && values.Count == 1 && values[0] is { Length: > 0 and <= 512 } text ? text : null;
}
