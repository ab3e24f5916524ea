using System.Text;
using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>
/// Replaces <c>${NAME}</c> and <c>${file:/path}</c> in texts; <c>$${</c> writes <c>${</c>. Not for expressions, where
/// <c>${</c> is JSONata.
/// </summary>
public static class YamlReferences
{
    /// <summary>The same scalar when it has no reference; null, with findings, when a reference has no value.</summary>
    /// <param name="isSecret">The text belongs to a secret field: of what is not a reference nothing is printed.</param>
    public static YamlScalar? Resolve(YamlScalar scalar, IReferenceSource source, Findings findings, string path = "", bool isSecret = false)
    {
        var value = scalar.Value;
        if (!value.Contains("${", StringComparison.Ordinal)) return scalar;
        var text = new StringBuilder();
        var referenced = false;
        var failed = false;
        for (var i = 0; i < value.Length; i++)
        {
            if (string.CompareOrdinal(value, i, "$${", 0, 3) == 0)
            {
                text.Append("${");
                i += 2;
            }
            else if (string.CompareOrdinal(value, i, "${", 0, 2) == 0)
            {
                var end = value.IndexOf('}', i);
                var name = end < 0 ? value[(i + 2)..] : value[(i + 2)..end];
                var found = end < 0 ? null : Find(name, source);
                if (found is null)
                {
                    var code = Code(name, closed: end >= 0);
                    findings.Error(code, scalar.PositionAt(i), path, ("name", isSecret && code == "YML147" ? "***" : name), ("path", AfterColon(name)));
                    failed = true;
                    if (end < 0) break;
                }

                text.Append(found);
                referenced = true;
                i = end;
            }
            else text.Append(value[i]);
        }

        if (failed) return null;
        return referenced ? scalar.WithReferencedValue(text.ToString()) : scalar.WithValue(text.ToString());
    }

    /// <summary>The tree with all its scalars resolved. What could not be resolved stays as it was, with a finding.</summary>
    public static YamlNode ResolveAll(YamlNode node, IReferenceSource source, Findings findings, string path = "") => node switch
    {
        YamlScalar scalar => Resolve(scalar, source, findings, path) ?? scalar,
        YamlMapping mapping => new YamlMapping(mapping.Position, [.. mapping.Entries.Select(e => e with { Value = ResolveAll(e.Value, source, findings, path) })]),
        YamlSequence sequence => new YamlSequence(sequence.Position, [.. sequence.Items.Select(i => ResolveAll(i, source, findings, path))]),
        _ => node,
    };

    private static string? Find(string name, IReferenceSource source)
    {
        if (name.StartsWith("file:", StringComparison.Ordinal)) return source.File(AfterColon(name))?.Trim();
        return IsVariable(name) ? source.Variable(name) : null;
    }

    private static string Code(string name, bool closed) =>
        name.StartsWith("file:", StringComparison.Ordinal) && closed ? "YML146" : closed && IsVariable(name) ? "YML145" : "YML147";

    private static string AfterColon(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static bool IsVariable(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
