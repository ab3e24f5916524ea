using Mappings.Diagnostics;
using Mappings.Expressions;

namespace Mappings.Mapping.Running;

/// <summary>An expression of a mapping with the place of its text: evaluates it, and turns what goes wrong into a finding of its field.</summary>
internal sealed class Evaluation(Expression expression, SourcePosition at, string path, bool isSecret)
{
    /// <summary>Arguments of evaluation errors that come from the mapping's own text; all others may show a value.</summary>
    private static readonly string[] Harmless = ["operand", "operator", "name", "limit", "total", "function", "index", "table"];

    public Expression Expression => expression;

    public SourcePosition At => at;

    public string Path => path;

    public bool IsSecret => isSecret;

    /// <returns>False when it failed; <paramref name="finding"/> says why.</returns>
    public bool TryRun(MappingRun run, in Value input, out Value value, out Finding? finding)
    {
        finding = null;
        return expression.TryFollow(run.Context, input, out value) || TryEvaluate(run, input, out value, out finding);
    }

    private bool TryEvaluate(MappingRun run, in Value input, out Value value, out Finding? finding)
    {
        try
        {
            value = expression.Evaluate(run.Context, input);
            finding = null;
            return true;
        }
        catch (MappingException error)
        {
            value = default;
            finding = Describe(run, error);
            return false;
        }
    }

    public Finding Fault(MappingRun run, in Value value, string code, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Finding.Error(code, run.PositionOf(value), run.PathOf(path), arguments) with { Mapping = at };

    /// <summary>The value as a finding may show it.</summary>
    public string Found(in Value value) => isSecret ? Hidden : ShownValue.Of(value);

    private static string Hidden => DiagnosticTexts.Catalog.Render("word.hidden");

    private Finding Describe(MappingRun run, MappingException error)
    {
        var finding = error.Findings[0];
        var place = error is EvaluationException { InputPosition: { } input } ? run.Place(input.Line, input.Column) : run.PositionOf(default);
        var mapping = finding.At.IsNone ? at : finding.At;
        finding = finding with { At = place, Mapping = mapping, Length = 0, Path = run.PathOf(path) };
        if (finding.Code == "LIM501") finding = finding with { Arguments = new Dictionary<string, string>(finding.Arguments, StringComparer.Ordinal) { ["loops"] = LongestLists.Of(run.Context[run.Plan.Slots.Source]) } };
        return isSecret ? finding with { Arguments = finding.Arguments.ToDictionary(a => a.Key, a => Mask(a.Key, a.Value)) } : finding;
    }

    private static string Mask(string name, string value) => Harmless.Contains(name) ? value : name == "hint" ? string.Empty : Hidden;
}
