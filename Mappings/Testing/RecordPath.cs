using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mappings.Testing;

/// <summary>A place in a record: <c>customer.code</c>, <c>lines[0].sku</c>; a name with other characters stands in backticks.</summary>
/// <param name="Steps">A name, or a position in a list.</param>
internal sealed record RecordPath(IReadOnlyList<RecordStep> Steps)
{
    private const int MaximumSteps = 64;

    public static bool TryParse(string text, [NotNullWhen(true)] out RecordPath? path)
    {
        path = null;
        var steps = new List<RecordStep>();
        for (var at = 0; at < text.Length;)
        {
            var isPosition = text[at] == '[';
            if (!isPosition && steps.Count > 0 && text[at++] != '.') return false;
            if (steps.Count == MaximumSteps || !(isPosition ? Position(text, ref at, steps) : Name(text, ref at, steps))) return false;
        }

        if (steps.Count == 0) return false;
        path = new RecordPath(steps);
        return true;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in Steps) text.Append(step.Name is null ? $"[{step.Position}]" : text.Length == 0 ? step.Name : "." + step.Name);
        return text.ToString();
    }

    private static bool Name(string text, ref int at, List<RecordStep> steps)
    {
        var isQuoted = at < text.Length && text[at] == '`';
        if (isQuoted) at++;
        var end = isQuoted ? text.IndexOf('`', at) : text.AsSpan(at).IndexOfAny('.', '[') is var stop and >= 0 ? at + stop : text.Length;
        if (end <= at) return false;
        steps.Add(new RecordStep(text[at..end], 0));
        at = isQuoted ? end + 1 : end;
        return true;
    }

    private static bool Position(string text, ref int at, List<RecordStep> steps)
    {
        var end = text.IndexOf(']', at);
        if (end < 0 || !int.TryParse(text.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return false;
        steps.Add(new RecordStep(null, position));
        at = end + 1;
        return true;
    }
}
