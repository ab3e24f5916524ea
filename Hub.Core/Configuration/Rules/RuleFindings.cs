using FluentValidation;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration.Rules;

/// <summary>The thin layer between FluentValidation and findings: a broken rule is a code, a field and arguments.</summary>
internal static class RuleFindings
{
    /// <param name="field">Path of the field in the file; the finding stands at its value, or at the object when it is absent.</param>
    /// <param name="arguments">Values for the text of the code.</param>
    /// <param name="at">A place that is not a field's.</param>
    public static IRuleBuilderOptions<T, TProperty> Reports<T, TProperty>(
        this IRuleBuilderOptions<T, TProperty> rule,
        string code,
        string field,
        Func<T, (string Name, string Value)[]>? arguments = null,
        Func<T, SourcePosition>? at = null) =>
        rule.WithErrorCode(code).OverridePropertyName(field).WithState(config => new Broken(arguments?.Invoke(config) ?? [], at?.Invoke(config)));

    public static void Check<T>(this IValidator<T> rules, T config, SpecValue source, Findings findings)
    {
        foreach (var failure in rules.Validate(config).Errors)
        {
            var broken = (Broken)failure.CustomState;
            var (at, isSecret) = Locate(source, failure.PropertyName);
            var arguments = isSecret ? [.. broken.Arguments.Select(a => (a.Name, "***"))] : broken.Arguments;
            var finding = failure.Severity == FluentValidation.Severity.Error
                ? Finding.Error(failure.ErrorCode, broken.At ?? at, failure.PropertyName, arguments)
                : Finding.Warning(failure.ErrorCode, broken.At ?? at, failure.PropertyName, arguments);
            findings.Add(finding);
        }
    }

    private static (SourcePosition At, bool IsSecret) Locate(SpecValue value, string path)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            if (!value.Has(part)) return (value.At, false);
            value = value.Object(part);
        }

        return (value.Position(parts[^1]), value.Find(parts[^1])?.IsSecret == true);
    }

    private sealed record Broken((string Name, string Value)[] Arguments, SourcePosition? At);
}
