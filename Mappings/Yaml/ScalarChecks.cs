using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Mappings.Yaml;

/// <summary>One checker for each kind that stands in a single scalar: the value, or null when the text is not of the kind.</summary>
internal static partial class ScalarChecks
{
    /// <summary>The checker and the code of the finding when the text is refused.</summary>
    public static FrozenDictionary<FieldKind, (Func<YamlScalar, FieldType, object?> Check, string Code)> ByKind { get; } =
        new Dictionary<FieldKind, (Func<YamlScalar, FieldType, object?>, string)>
        {
            [FieldKind.Text] = (static (s, _) => s.Value, "YML130"),
            [FieldKind.Name] = (static (s, _) => NameRule.IsName(s.Value) ? s.Value : null, "YML131"),
            [FieldKind.Integer] = (static (s, _) => Integer(s.Value), "YML132"),
            [FieldKind.Decimal] = (static (s, _) => Decimal(s.Value), "YML133"),
            [FieldKind.Boolean] = (static (s, _) => s.IsPlain ? s.Value switch { "true" => true, "false" => false, _ => null } : null, "YML134"),
            [FieldKind.Duration] = (static (s, _) => Duration(s.Value), "YML135"),
            [FieldKind.Size] = (static (s, _) => Size(s.Value), "YML136"),
            [FieldKind.Rate] = (static (s, _) => Rate(s.Value), "YML137"),
            [FieldKind.Percent] = (static (s, _) => s.Value.EndsWith('%') ? Decimal(s.Value[..^1]) / 100m : null, "YML138"),
            [FieldKind.Expression] = (static (s, _) => Expression(s), "YML139"),
            [FieldKind.Path] = (static (s, _) => IsPath(s.Value) ? s.Value : null, "YML144"),
            [FieldKind.Reference] = (static (s, t) => IsReference(s.Value, t.Target) ? s.Value : null, "YML148"),
            [FieldKind.OneOf] = (static (s, t) => t.Values.Contains(s.Value, StringComparer.Ordinal) ? s.Value : null, "YML141"),
            [FieldKind.Scalar] = (static (s, _) => YamlConstant.From(s), "YML130"),
        }.ToFrozenDictionary();

    private static long? Integer(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static decimal? Decimal(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static TimeSpan? Duration(string text)
    {
        if (DurationForm().Match(text) is not { Success: true } match) return null;
        var unit = match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        };
        return TimeSpan.FromTicks(unit.Ticks * long.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture));
    }

    private static long? Size(string text)
    {
        if (SizeForm().Match(text) is not { Success: true } match) return null;
        var shift = match.Groups["unit"].Value switch { "B" => 0, "KB" => 10, "MB" => 20, _ => 30 };
        return long.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) << shift;
    }

    private static Rate? Rate(string text)
    {
        if (RateForm().Match(text) is not { Success: true } match) return null;
        var per = match.Groups["unit"].Value switch { "s" => TimeSpan.FromSeconds(1), "m" => TimeSpan.FromMinutes(1), _ => TimeSpan.FromHours(1) };
        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return count == 0 ? null : new Rate(count, per);
    }

    private static YamlExpression? Expression(YamlScalar scalar)
    {
        var expression = YamlExpression.From(scalar);
        return string.IsNullOrWhiteSpace(expression.Text) ? null : expression;
    }

    private static bool IsPath(string text) =>
        text.Length is > 0 and <= 1000 && !text.Any(char.IsControl) && !text.Split('/', '\\').Contains("..");

    private static bool IsReference(string text, ReferenceKind target)
    {
        if (target != ReferenceKind.Endpoint) return NameRule.IsName(text);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && NameRule.IsName(text[..dot]) && NameRule.IsName(text[(dot + 1)..]);
    }

    [GeneratedRegex("^(?<count>[0-9]{1,7})(?<unit>ms|s|m|h|d)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DurationForm();

    [GeneratedRegex("^(?<count>[0-9]{1,7})(?<unit>B|KB|MB|GB)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SizeForm();

    [GeneratedRegex("^(?<count>[0-9]{1,9})/(?<unit>s|m|h)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex RateForm();
}
