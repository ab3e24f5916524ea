using System.Text;
using System.Text.Json;

namespace Connectors;

/// <summary>Looks single values up in a JSON body by a dotted path of member names, such as <c>customer.code</c>.</summary>
internal static class JsonFields
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>
    /// The text of a text, number (the digits as written) or boolean; null when the path leads nowhere, to null, to an
    /// object or an array, or when the body is not JSON. Of a repeated member the first counts.
    /// </summary>
    public static string? Text(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            var rest = path.AsSpan();
            while (reader.Read())
            {
                if (rest.IsEmpty) return Scalar(ref reader);
                if (reader.TokenType != JsonTokenType.StartObject) return null;
                var dot = rest.IndexOf('.');
                var name = dot < 0 ? rest : rest[..dot];
                rest = dot < 0 ? [] : rest[(dot + 1)..];
                if (!MoveBefore(ref reader, name)) return null;
            }

            return null;
        }
        catch (JsonException)
        {
            // The body is not JSON; it has no fields.
            return null;
        }
    }

    /// <summary>The same, with a member that bears the whole path as its name (a CSV column "a.b") preferred.</summary>
    public static string? TextOrColumn(ReadOnlySpan<byte> json, string path) =>
        path.Contains('.', StringComparison.Ordinal) && Member(json, path) is { } column ? column : Text(json, path);

    private static string? Member(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && MoveBefore(ref reader, name) && reader.Read() ? Scalar(ref reader) : null;
        }
        catch (JsonException)
        {
            // As above.
            return null;
        }
    }

    private static bool MoveBefore(ref Utf8JsonReader reader, ReadOnlySpan<char> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name)) return true;
            reader.Skip();
        }

        return false;
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };
}
