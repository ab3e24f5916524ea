using System.Globalization;
using System.Text;
using Mappings.Yaml;

namespace Mappings.Contracts.Sources;

/// <summary>Writes a contract file that <see cref="ContractFile"/> reads. Two drafts that are equal give the same text.</summary>
internal static class ContractYaml
{
    private const int Inline = 100;

    public static string Write(string name, ContractDraft root, bool isInferred, string comment)
    {
        var text = new StringBuilder();
        foreach (var line in comment.Split('\n', StringSplitOptions.RemoveEmptyEntries)) text.Append("# ").Append(line).Append('\n');
        text.Append("contract: ").Append(Text(name)).Append('\n');
        if (isInferred) text.Append("inferred: true\n");
        Body(text, root, 0);
        return text.ToString();
    }

    private static void Body(StringBuilder text, ContractDraft draft, int depth)
    {
        var indent = new string(' ', depth * 2);
        if (draft.Comment is { } comment) text.Append(indent).Append("# ").Append(OneLine(comment)).Append('\n');
        foreach (var (key, value) in Simple(draft)) text.Append(indent).Append(key).Append(": ").Append(value).Append('\n');
        if (draft.Members.Count > 0)
        {
            text.Append(indent).Append("properties:\n");
            foreach (var (name, member) in draft.Members) Value(text, Text(name), member, depth + 1);
        }

        if (draft.Items is { } items) Value(text, "items", items, depth);
    }

    private static void Value(StringBuilder text, string key, ContractDraft draft, int depth)
    {
        var indent = new string(' ', depth * 2);
        text.Append(indent).Append(key).Append(':');
        if (draft is { Members.Count: 0, Items: null, Comment: null })
        {
            var flow = string.Join(", ", Simple(draft).Select(p => $"{p.Key}: {p.Value}"));
            if (flow.Length <= Inline)
            {
                text.Append(flow.Length == 0 ? " {}\n" : $" {{ {flow} }}\n");
                return;
            }
        }

        // A value about which only the comment speaks.
        if (draft is { Members.Count: 0, Items: null } && !Simple(draft).Any())
        {
            text.Append(" {}  # ").Append(OneLine(draft.Comment!)).Append('\n');
            return;
        }

        text.Append('\n');
        Body(text, draft, depth + 1);
    }

    private static IEnumerable<(string Key, string Value)> Simple(ContractDraft draft)
    {
        if (draft.Kinds != ContractKinds.Any)
        {
            var words = new ContractShape { Kinds = draft.Kinds, At = draft.At }.KindsText.Replace("null", "\"null\"", StringComparison.Ordinal);
            yield return ("type", words.Contains(',', StringComparison.Ordinal) ? $"[ {words} ]" : words);
        }

        if (draft.Title is { Length: > 0 } title) yield return ("title", Text(OneLine(title)));
        if (draft.Description is { Length: > 0 } description) yield return ("description", Text(OneLine(description)));
        if (draft.Format != ContractFormat.None) yield return ("format", ContractFormats.Word(draft.Format)!);
        if (draft.Enum is { Count: > 0 } values) yield return ("enum", $"[ {string.Join(", ", values.Select(Constant))} ]");
        if (draft.Pattern is { } pattern) yield return ("pattern", Quoted(pattern));
        if (draft.MinLength is { } minLength) yield return ("minLength", Number(minLength));
        if (draft.MaxLength is { } maxLength) yield return ("maxLength", Number(maxLength));
        if (draft.Minimum is { } minimum) yield return ("minimum", minimum.ToString(CultureInfo.InvariantCulture));
        if (draft.Maximum is { } maximum) yield return ("maximum", maximum.ToString(CultureInfo.InvariantCulture));
        if (draft.MinItems is { } minItems) yield return ("minItems", Number(minItems));
        if (draft.MaxItems is { } maxItems) yield return ("maxItems", Number(maxItems));
        if (draft.Samples is { } samples) yield return ("samples", $"{{ seen: {samples.Seen}, absent: {samples.Absent} }}");
        if (draft.Required.Count > 0) yield return ("required", $"[ {string.Join(", ", draft.Members.Keys.Where(draft.Required.Contains).Select(Text))} ]");
        if (!draft.AllowsOtherMembers) yield return ("additionalProperties", "false");
    }

    private static string Constant(YamlConstant value) => value.Kind == YamlConstantKind.Text ? Text(value.Text) : value.Text;

    /// <summary>A text as it is where YAML and our typed constants would read it as the same text, else in quotes.</summary>
    private static string Text(string text)
    {
        var isPlain = text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ' ')
            && text[^1] != ' ' && text.ToUpperInvariant() is not ("TRUE" or "FALSE" or "NULL" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N");
        return isPlain ? text : Quoted(text);
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' || char.IsSurrogate(c)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private static string OneLine(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 200 ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[198]) ? 198 : 199), "…");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
