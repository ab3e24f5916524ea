using System.Text.RegularExpressions;

namespace Mappings.Mapping;

/// <summary>
/// The member names behind the fields that are marked <c>secret</c>: the field's own name, and every name that its path or
/// expression speaks of. A name too many hides a value that could have been shown; one too few would show a secret.
/// </summary>
public static partial class SecretNames
{
    public static IReadOnlySet<string> Of(MappingDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect(definition.Fields, definition, names);
        return names;
    }

    private static void Collect(IReadOnlyList<FieldDefinition> fields, MappingDefinition definition, HashSet<string> names)
    {
        foreach (var field in fields)
        {
            if (field.Rules.IsSecret) Add(field, definition, names);
            if (field.Fields is { } inner) Collect(inner, definition, names);
        }
    }

    private static void Add(FieldDefinition field, MappingDefinition definition, HashSet<string> names)
    {
        names.Add(field.Name);
        if (field.Text is not { } text) return;
        if (field.IsPath) names.Add(Names().Matches(text.Text).LastOrDefault()?.Value ?? text.Text);
        else Add(text.Text, definition, names);
    }

    private static void Add(string expression, MappingDefinition definition, HashSet<string> names)
    {
        foreach (var name in Names().Matches(expression).Select(match => match.Value)) names.Add(name);
        foreach (var let in definition.Lets.Where(let => expression.Contains("$" + let.Name, StringComparison.Ordinal)))
        {
            foreach (var name in Names().Matches(let.Expression.Text).Select(match => match.Value)) names.Add(name);
        }
    }

    [GeneratedRegex(@"(?<![$\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*")]
    private static partial Regex Names();
}
