using System.Text.Encodings.Web;
using System.Text.Json;
using Hub.Abstractions.Messages;

namespace Connectors.RabbitMq;

/// <summary>Headers as <see cref="MessageAttributes.Headers"/> holds them: a JSON object of texts.</summary>
internal static class HeaderJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Write(Dictionary<string, string> headers) => headers.Count == 0 ? null : JsonSerializer.Serialize(headers, Options);

    /// <summary>What is no object of texts has no headers.</summary>
    public static Dictionary<string, string> Read(string? json)
    {
        if (json is null) return [];
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json, Options) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
