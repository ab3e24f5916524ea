using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>
/// Lines of a file that may hold a secret and are therefore never shown, judged by the text alone, since the file may
/// not be readable as YAML: the line of a key that is, or nearly is, the name of a secret field, and what is indented under it.
/// </summary>
internal static class SecretLines
{
    /// <summary>The names of all secret fields, at any depth.</summary>
    public static IReadOnlySet<string> Names(ConfigurationSpecs specs)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var connector in specs.Connectors.Keys) Collect(specs.System(connector), names);
        foreach (var step in specs.Steps.Values) Collect(step, names);
        return names;
    }

    /// <summary>The line's text, or null when it may hold a secret or is not there.</summary>
    public static string? Show(string[] lines, int line, IReadOnlySet<string> names)
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

    private static void Collect(ObjectSpec spec, HashSet<string> names)
    {
        foreach (var field in spec.Fields)
        {
            if (field.IsSecret) names.Add(field.Name);
            Collect(field.Type, names);
        }
    }

    private static void Collect(FieldType type, HashSet<string> names)
    {
        if (type.ObjectSpec is { } spec) Collect(spec, names);
        if (type.Item is { } item) Collect(item, names);
        foreach (var alternative in type.Alternatives) Collect(alternative, names);
    }

    private static bool Names(string line, IReadOnlySet<string> names)
    {
        for (var colon = line.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = line.IndexOf(':', colon + 1))
        {
            var end = line[..colon].TrimEnd().TrimEnd('"', '\'');
            var start = end.Length;
            while (start > 0 && (char.IsLetterOrDigit(end[start - 1]) || end[start - 1] is '_' or '-')) start--;
            if (start < end.Length && NameSuggestion.Closest(end[start..], names) is not null) return true;
        }

        return false;
    }

    private static int Indentation(string line) => line.Length - line.TrimStart(' ', '\t').Length;
}
