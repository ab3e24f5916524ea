using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Mappings.Expressions;

namespace Mappings.Testing;

/// <summary>Writes a value as YAML that reads back as the same value: short objects on one line, others in block form, texts in quotes unless nobody could take them for something else.</summary>
internal static partial class YamlValue
{
    private const int LineLength = 110;

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "true", "false", "null", "yes", "no", "on", "off", "y", "n" };

    /// <summary>Appends <c>key: value</c> lines.</summary>
    /// <param name="indent">Spaces before the key.</param>
    public static void Member(StringBuilder text, int indent, string key, in Value value) => Behind(text.Append(' ', indent).Append(Text(key)).Append(':'), indent + 2, value);

    public static string Text(string text) => !Words.Contains(text) && Plain().IsMatch(text) ? text : Quoted(text);

    /// <param name="text">Ends behind the colon of a key, or behind a dash.</param>
    private static void Behind(StringBuilder text, int indent, in Value value)
    {
        if (Flow(value) is { } flow && flow.Length + indent <= LineLength) text.Append(' ').Append(flow).Append('\n');
        else if (value.IsObject)
        {
            text.Append('\n');
            foreach (var member in value.Members()) Member(text, indent, member.Name, member.Value);
        }
        else if (value.IsArray)
        {
            text.Append('\n');
            foreach (var item in value.Items()) Item(text, indent, item);
        }
        else text.Append(' ').Append(Scalar(value)).Append('\n');
    }

    private static void Item(StringBuilder text, int indent, in Value value)
    {
        var start = text.Length;
        text.Append(' ', indent).Append('-');
        if (!value.IsObject || value.Count == 0 || (Flow(value) is { } flow && flow.Length + indent <= LineLength))
        {
            Behind(text, indent + 2, value);
            return;
        }

        // The first member stands behind the dash, the others under it.
        text.Length = start;
        foreach (var member in value.Members()) Member(text, indent + 2, member.Name, member.Value);
        text[start + indent] = '-';
    }

    /// <summary>The value in one line; null when it has containers in containers, or is long.</summary>
    private static string? Flow(in Value value)
    {
        if (!value.IsObject && !value.IsArray) return null;
        if (value.Count == 0) return value.IsObject ? "{}" : "[]";
        var parts = new List<string>();
        foreach (var member in value.Members())
        {
            if (member.Value.IsObject || member.Value.IsArray) return null;
            parts.Add($"{Text(member.Name)}: {Scalar(member.Value)}");
        }

        if (value.IsObject) return $"{{ {string.Join(", ", parts)} }}";
        foreach (var item in value.Items())
        {
            if (item.IsObject || item.IsArray) return null;
            parts.Add(Scalar(item));
        }

        return $"[ {string.Join(", ", parts)} ]";
    }

    private static string Scalar(in Value value) => value.IsText ? Text(value.AsText()!) : value.AsText()!;

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c == '\n') quoted.Append("\\n");
            else if (c == '\t') quoted.Append("\\t");
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF') quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"^\p{L}([\p{L}\p{N} _./-]*[\p{L}\p{N}_./-])?$")]
    private static partial Regex Plain();
}
