using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.Core.Operations;

/// <summary>
/// Hides the values of secret members in everything that is shown of one message: in the bodies where they stand under
/// their names, and wherever else the same value stands, such as the original bytes.
/// </summary>
internal sealed class SecretMask
{
    private const string Hidden = "***";

    /// <summary>A shorter value is hidden only where it stands alone, or half of every text would be stars.</summary>
    private const int Telling = 4;

    private static readonly JsonDocumentOptions Any = new() { MaxDepth = 1_000 };
    private readonly IReadOnlySet<string> _names;
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    /// <param name="names">Members that hold a secret.</param>
    /// <param name="bodies">The JSON documents of the message.</param>
    public SecretMask(IReadOnlySet<string> names, IEnumerable<ReadOnlyMemory<byte>> bodies)
    {
        _names = names;
        if (names.Count == 0) return;
        foreach (var body in bodies.Where(body => !body.IsEmpty)) Collect(body);
    }

    public string Apply(string text)
    {
        foreach (var value in _values.OrderByDescending(value => value.Length))
        {
            text = value.Length >= Telling
                ? text.Replace(value, Hidden, StringComparison.Ordinal)
                : Regex.Replace(text, $@"(?<![\p{{L}}\p{{N}}]){Regex.Escape(value)}(?![\p{{L}}\p{{N}}])", Hidden, RegexOptions.CultureInvariant);
        }

        return text;
    }

    private void Collect(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Any);
            Walk(document.RootElement, secret: false);
        }
        catch (JsonException)
        {
            // The journal's bodies are JSON; an empty or foreign one has no members whose values could be known.
        }
    }

    private void Walk(JsonElement element, bool secret)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject()) Walk(member.Value, secret || _names.Contains(member.Name));
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Walk(item, secret);
                break;
            case JsonValueKind.String when secret:
                Add(element.GetString()!);
                Add(element.GetRawText()[1..^1]);
                break;
            case JsonValueKind.Number when secret:
                Add(element.GetRawText());
                break;
        }
    }

    private void Add(string value)
    {
        if (value.Length > 0) _values.Add(value);
    }
}
