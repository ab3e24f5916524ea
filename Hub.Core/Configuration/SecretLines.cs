using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>
/// Lines of a file that may hold a secret and are therefore never shown, judged by the text alone, since the file may
/// not be readable as YAML: the line of a key that is, or nearly is, the name of a secret field, and what is indented under it.
/// </summary>
internal static class SecretLines
{
    /// <summary>The names of all fields, at any depth.</summary>
    public static FieldNames Names(ConfigurationSpecs specs)
    {
        var names = new FieldNames(new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        Collect(FileSpecs.Hub, names);
        foreach (var connector in specs.Connectors.Keys) Collect(specs.System(connector), names);
        foreach (var step in specs.Steps.Values) Collect(step, names);
        names.Open.ExceptWith(names.Secret);
        return names;
    }

    /// <summary>The line's text, or null when it may hold a secret or is not there.</summary>
    public static string? Show(string[] lines, int line, FieldNames names)
    {
        if (line < 1 || line > lines.Length) return null;
        if (Names(lines[line - 1], names)) return null;
        var indentation = Indentation(lines[line - 1]);
        for (var above = line - 1; above >= 1 && indentation > 0; above--)
        {
            var text = lines[above - 1];
            if (string.IsNullOrWhiteSpace(text) || Indentation(text) >= indentation) continue;
            if (Names(text, names)) return null;
            indentation = Indentation(text);
        }

        return lines[line - 1];
    }

    private static void Collect(ObjectSpec spec, FieldNames names)
    {
        foreach (var field in spec.Fields)
        {
            (field.IsSecret ? names.Secret : names.Open).Add(field.Name);
            Collect(field.Type, names);
        }
    }

    private static void Collect(FieldType type, FieldNames names)
    {
        if (type.ObjectSpec is { } spec) Collect(spec, names);
        if (type.Item is { } item) Collect(item, names);
        foreach (var alternative in type.Alternatives) Collect(alternative, names);
    }

    private static bool Names(string line, FieldNames names)
    {
        for (var colon = line.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = line.IndexOf(':', colon + 1))
        {
            var end = line[..colon].TrimEnd().TrimEnd('"', '\'');
            var start = end.Length;
            while (start > 0 && (char.IsLetterOrDigit(end[start - 1]) || end[start - 1] is '_' or '-')) start--;
            // breaker is near bearer, but nobody who writes it means the other.
            if (start < end.Length && !names.Open.Contains(end[start..]) && NameSuggestion.Closest(end[start..], names.Secret) is not null) return true;
        }

        return false;
    }

    private static int Indentation(string line) => line.Length - line.TrimStart(' ', '\t').Length;

    /// <summary>What fields are called.</summary>
    /// <param name="Secret">Fields that hold a secret somewhere.</param>
    /// <param name="Open">Fields that never do.</param>
    public sealed record FieldNames(HashSet<string> Secret, HashSet<string> Open);
}
