using System.Text.RegularExpressions;

namespace Mappings.Yaml;

/// <summary>
/// A typed constant. Plain <c>true false null</c> (and nothing) and plain JSON numbers are typed; all else, and what
/// stands in quotes or a block, is text. So <c>007</c>, <c>12:30</c> and <c>no</c> stay what was written.
/// </summary>
/// <param name="Text">The text; of a number the digits as they were written.</param>
public readonly partial record struct YamlConstant(YamlConstantKind Kind, string Text)
{
    public static YamlConstant From(YamlScalar scalar)
    {
        if (!scalar.IsPlain) return new YamlConstant(YamlConstantKind.Text, scalar.Value);
        var kind = scalar.Value switch
        {
            "" or "null" or "~" => YamlConstantKind.Null,
            "true" or "false" => YamlConstantKind.Boolean,
            _ => JsonNumber().IsMatch(scalar.Value) ? YamlConstantKind.Number : YamlConstantKind.Text,
        };
        return new YamlConstant(kind, scalar.Value);
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonNumber();
}
