using System.Text;

namespace Connectors;

/// <summary>A text with <c>{name}</c> placeholders, cut into its parts once.</summary>
internal sealed class FieldTemplate
{
    private readonly (string Text, bool IsField)[] _parts;

    private FieldTemplate((string Text, bool IsField)[] parts) => _parts = parts;

    public IEnumerable<string> Literals => _parts.Where(p => !p.IsField).Select(p => p.Text);

    /// <returns>Null when a brace is left open or a placeholder has no name.</returns>
    public static FieldTemplate? TryParse(string text)
    {
        var parts = new List<(string, bool)>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOfAny('{', '}');
            if (open < 0)
            {
                parts.Add((rest.ToString(), false));
                break;
            }

            if (open > 0) parts.Add((rest[..open].ToString(), false));
            var close = rest[open..].IndexOf('}');
            if (rest[open] == '}' || close < 2) return null;
            var name = rest[(open + 1)..(open + close)].Trim().ToString();
            if (name.Length == 0 || name.Contains('{', StringComparison.Ordinal)) return null;
            parts.Add((name, true));
            rest = rest[(open + close + 1)..];
        }

        return new FieldTemplate([.. parts]);
    }

    /// <param name="value">Gives what stands for a placeholder; it throws when there is none.</param>
    /// <param name="literal">What to make of the text between; null leaves it.</param>
    public string Fill(Func<string, string> value, Func<string, string>? literal = null)
    {
        var text = new StringBuilder();
        foreach (var (part, isField) in _parts) text.Append(isField ? value(part) : literal?.Invoke(part) ?? part);
        return text.ToString();
    }
}
