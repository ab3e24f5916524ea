using System.Globalization;
using System.Text;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>Writes the specs of configuration files as Markdown: what lint checks is what the page says.</summary>
public static class ConfigurationPage
{
    /// <summary>One section for each spec, its nested objects indented by their path.</summary>
    /// <param name="sections">Title, a sentence under it, and the fields.</param>
    /// <param name="withExamples">A column more, with the example of each field.</param>
    public static string Render(string head, IEnumerable<(string Title, ObjectSpec Spec)> sections, bool withExamples = false)
    {
        ArgumentNullException.ThrowIfNull(sections);
        var page = new StringBuilder(head);
        foreach (var (title, spec) in sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{spec.Description}\n\n```yaml\n{spec.Example}\n```\n\n");
            if (spec.Fields.Count == 0) continue;
            page.Append(withExamples ? "| key | value | default | example | what it is |\n| --- | --- | --- | --- | --- |\n" : "| key | value | default | what it is |\n| --- | --- | --- | --- |\n");
            Rows(page, spec, string.Empty, withExamples);
        }

        return page.ToString();
    }

    private static void Rows(StringBuilder page, ObjectSpec spec, string path, bool withExamples)
    {
        foreach (var field in spec.Fields)
        {
            var standard = field.IsRequired ? "required" : field.Default is null or "{}" ? string.Empty : $"`{field.Default}`";
            page.Append(CultureInfo.InvariantCulture, $"| `{path}{field.Name}` | {Cell(Word(field.Type))} | {Cell(standard)} | {(withExamples ? $"`{Cell(field.Example)}` | " : string.Empty)}{Cell(field.Description)}{(field.IsSecret ? " Secret." : string.Empty)} |\n");
            if (Inner(field.Type) is { } inner) Rows(page, inner, $"{path}{field.Name}{(field.Type.Kind == FieldKind.List ? "[]" : string.Empty)}.", withExamples);
        }
    }

    /// <summary>The object behind a field, unless it has a section of its own.</summary>
    private static ObjectSpec? Inner(FieldType type) => type.Kind switch
    {
        FieldKind.Object => type.ObjectSpec,
        FieldKind.List when type.Item!.Kind == FieldKind.Object => type.Item.ObjectSpec,
        _ => null,
    };

    private static string Word(FieldType type) => type.Kind switch
    {
        FieldKind.OneOf => string.Join(", ", type.Values.Select(value => $"`{value}`")),
        FieldKind.Reference => $"name of a {type.Target.ToString().ToLowerInvariant()}",
        FieldKind.List => type.AllowsSingle ? $"{Word(type.Item!)}, one or a list" : $"list of {Word(type.Item!)}",
        FieldKind.MapOf => $"mapping of names to {Word(type.Item!)}",
        FieldKind.Either => string.Join(" or ", type.Alternatives.Select(Word)),
        FieldKind.Object => "mapping",
        FieldKind.Scalar => "constant",
        FieldKind.Any => "YAML",
        _ => type.Kind.ToString().ToLowerInvariant(),
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
