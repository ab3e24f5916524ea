using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hub.Core.Messaging;

/// <summary>Names of headers, as NServiceBus has them on the wire.</summary>
public static class Headers
{
    /// <summary>Where a reply goes: <c>system.endpoint</c>.</summary>
    public const string ReplyToAddress = "NServiceBus.ReplyToAddress";

    /// <summary>The saga that a message is for: the value of its correlation property.</summary>
    public const string SagaId = "NServiceBus.SagaId";

    /// <summary>The saga that sent the message; a reply carries it as <see cref="SagaId"/>.</summary>
    public const string OriginatingSagaId = "NServiceBus.OriginatingSagaId";

    /// <summary><c>True</c>: a timeout that a saga asked for.</summary>
    public const string IsSagaTimeoutMessage = "NServiceBus.IsSagaTimeoutMessage";

    /// <summary>The message at the beginning of it all.</summary>
    public const string ConversationId = "NServiceBus.ConversationId";

    /// <summary>The message that caused this one.</summary>
    public const string RelatedTo = "NServiceBus.RelatedTo";

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As they stand in a message's attributes; null when there are none.</summary>
    internal static string? Write(IReadOnlyDictionary<string, string> headers) => headers.Count == 0 ? null : JsonSerializer.Serialize(headers, s_json);

    /// <summary>Reads what <see cref="Write"/> wrote; what is no object of texts has no headers.</summary>
    internal static Dictionary<string, string> Read(string? json)
    {
        try
        {
            return json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(json, s_json) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
