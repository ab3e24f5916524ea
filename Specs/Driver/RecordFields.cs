using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Specs.Driver;

/// <summary>Records as scenarios write them: fields by path, values as the text that stands in the record.</summary>
internal static class RecordFields
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a field such as <c>address.country</c> or <c>items[0].sku</c>: numbers with their digits as written, objects as JSON; null when the record has no such field.</summary>
    public static string? Find(ReadOnlyMemory<byte> record, string path)
    {
        using var document = JsonDocument.Parse(record);
        var at = document.RootElement;
        foreach (var part in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryStep(at, part, out at)) return null;
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString() : at.GetRawText();
    }

    /// <summary>A record with these texts.</summary>
    public static byte[] Of(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var record = new JsonObject();
        foreach (var (path, value) in fields)
        {
            var at = record;
            var parts = path.Split('.');
            foreach (var part in parts[..^1])
            {
                if (at[part] is not JsonObject inner) at[part] = inner = [];
                at = inner;
            }

            at[parts[^1]] = value;
        }

        return Encoding.UTF8.GetBytes(record.ToJsonString(Readable));
    }

    public static string Show(ReadOnlyMemory<byte> record) => JsonNode.Parse(record.Span)?.ToJsonString(Readable) ?? "null";

    private static bool TryStep(JsonElement at, string part, out JsonElement next)
    {
        next = default;
        if (part[0] != '[') return at.ValueKind == JsonValueKind.Object && at.TryGetProperty(part, out next);
        if (at.ValueKind != JsonValueKind.Array || !int.TryParse(part.Trim('[', ']'), NumberStyles.None, CultureInfo.InvariantCulture, out var index)) return false;
        if (index >= at.GetArrayLength()) return false;
        next = at[index];
        return true;
    }
}
