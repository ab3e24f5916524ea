using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hub.Core.Operations;

/// <summary>
/// Makes a record fit to be kept as a test: secret values lose what they say and keep their shape, so that a pattern or a length
/// that held still holds. Each digit becomes 9, a capital letter X, a small one x, any other letter 某; the same text
/// elsewhere in the record changes with it.
/// </summary>
/// <param name="names">Members that hold a secret, with everything in them.</param>
internal sealed class SampleMask(IReadOnlySet<string> names)
{
    /// <summary>A shorter value is replaced only where it stands under its name: it would be found everywhere.</summary>
    private const int Telling = 4;

    private static readonly JsonDocumentOptions Any = new() { MaxDepth = 1_000 };
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1_000 };

    /// <summary>The same JSON with its secrets masked.</summary>
    public string Apply(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, Any);
        var values = new HashSet<string>(StringComparer.Ordinal);
        Collect(document.RootElement, secret: false, values);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed)) Write(document.RootElement, secret: false, [.. values.OrderByDescending(value => value.Length)], writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    internal static string Shape(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        Rune.IsDigit(rune) ? "9" : Rune.IsUpper(rune) ? "X" : Rune.IsLower(rune) ? "x" : Rune.IsLetter(rune) ? "某" : rune.ToString()));

    private void Collect(JsonElement element, bool secret, HashSet<string> values)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject()) Collect(member.Value, secret || names.Contains(member.Name), values);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) Collect(item, secret, values);
        }
        else if (secret && element.ValueKind is JsonValueKind.String or JsonValueKind.Number && element.ToString() is { Length: >= Telling } value) values.Add(value);
    }

    private void Write(JsonElement element, bool secret, string[] values, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, secret || names.Contains(member.Name), values, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(item, secret, values, writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(secret ? Shape(element.GetString()!) : Replaced(element.GetString()!, values));
                break;
            case JsonValueKind.Number when secret:
                writer.WriteRawValue(string.Concat(element.GetRawText().Select(c => char.IsAsciiDigit(c) ? '9' : c)));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static string Replaced(string text, string[] values)
    {
        foreach (var value in values) text = text.Replace(value, Shape(value), StringComparison.Ordinal);
        return text;
    }
}
