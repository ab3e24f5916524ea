using System.Globalization;
using Mappings.Diagnostics;

namespace Mappings.Expressions;

/// <summary>Values of messages as findings show them: short, on one line, and with their kind visible.</summary>
public static class ShownValue
{
    private const int MaximumLength = 60;

    /// <summary>A text in quotes, a number or literal as it is, anything else by its kind, in the language of the reader.</summary>
    public static string Of(in Value value) => value.Kind switch
    {
        ValueKind.Missing => DiagnosticTexts.Catalog.Render("word.none"),
        ValueKind.Function => DiagnosticTexts.Catalog.Render("word.kind.function"),
        ValueKind.Array => DiagnosticTexts.Catalog.Render("word.list", ("count", value.Count.ToString("N0", CultureInfo.InvariantCulture))),
        ValueKind.Object => DiagnosticTexts.Catalog.Render("word.object"),
        ValueKind.Text => $"\"{Short(value.AsText()!)}\"",
        _ => Short(value.AsText()!),
    };

    private static string Short(string text) => text.Length <= MaximumLength ? text : string.Concat(text.AsSpan(0, MaximumLength), "…");
}
