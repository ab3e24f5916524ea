using System.Globalization;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Mapping.Running;

namespace Mappings.Mapping.Checking;

/// <summary>Holds a field's rules against the type of its value.</summary>
internal static class FieldCheck
{
    public static void Run(FieldDefinition field, ExpressionText text, StaticType type, Findings findings)
    {
        var isEach = field.Form == FieldForm.Each;
        if (isEach && field.Fields is not null) return;
        var rules = field.Rules;
        if (FieldTypes.IsImpossible(rules, type))
        {
            var at = rules.Written?.Position("type") ?? field.At;
            findings.Add(Finding.Error("MAP222", at, field.Path, ("found", text.Text.Trim()), ("kind", Kind(type)), ("type", ValueTypes.Word(rules.Type))) with { Length = ValueTypes.Word(rules.Type).Length });
        }

        Codes(field, type, findings);
        if (isEach) return;
        if (type is { IsKnown: true, IsMany: true })
            text.Report(type.IsFiltered || !text.IsPath ? Severity.Warning : Severity.Error, "MAP230", text.Tree, ("found", text.Text.Trim()));
        Absent(field, text, type);
    }

    /// <summary>A value that may be absent where one is needed, unless the file says that this is meant.</summary>
    private static void Absent(FieldDefinition field, ExpressionText text, StaticType type)
    {
        if (!type.MayBeMissing || type.Optional is not { } optional) return;
        var rules = field.Rules;
        if (!rules.IsRequired || rules.Default is not null || rules.Written?.Has("required") == true) return;
        var counted = optional.Samples is { Absent: > 0 } samples
            ? DiagnosticTexts.Catalog.Render("word.absent", ("absent", Number(samples.Absent)), ("seen", Number(samples.Seen)))
            : string.Empty;
        text.Report(Severity.Warning, "MAP231", text.Tree, ("found", type.OptionalPath), ("counted", counted), ("at", SourceNames.Place(optional.At)));
    }

    /// <summary>The field's <c>map</c> against the values that the contract lists.</summary>
    private static void Codes(FieldDefinition field, StaticType type, Findings findings)
    {
        var rules = field.Rules;
        if (rules.Map is not { } map || type is not { IsKnown: true, Present: TypeKinds.Text, Shape.Enum: { Names.Count: > 0 } values }) return;
        foreach (var (key, _) in map.Where(e => !values.Names.Contains(e.Key)))
        {
            // A code that other senders may still use is no fault; one letter off is.
            var near = NameSuggestion.Closest(key, values.Names);
            var at = rules.Written!.Map("map")[key].KeyAt;
            var finding = Finding.Error("MAP229", at, field.Path, ("key", key), ("known", ValueRule.Listed(values.Names)), ("hint", NameSuggestion.Hint(near)));
            findings.Add(finding with { Length = key.Length, Severity = near is null ? Severity.Warning : Severity.Error });
        }

        if (rules.Else is not null && values.Names.All(name => map.Any(e => e.Key == name)) && !type.MayBeMissing)
            findings.Warning("MAP228", rules.Written!.Find("else")!.KeyAt, field.Path, ("known", ValueRule.Listed(values.Names)));
    }

    /// <summary>The kind in words, with what a text is the written form of.</summary>
    internal static string Kind(StaticType type)
    {
        var kind = TypeWords.Of(type.Present);
        return type.Shape is { Format: not ContractFormat.None } shape && type.Present == TypeKinds.Text ? $"{kind} ({ContractFormats.Word(shape.Format)})" : kind;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
