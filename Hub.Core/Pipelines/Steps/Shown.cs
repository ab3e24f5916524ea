using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Expressions;

namespace Hub.Core.Pipelines.Steps;

/// <summary>What steps looked at, as findings show it.</summary>
internal static class Shown
{
    private const int MaximumInputs = 8;

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The values an expression looked at: <c>amount is 1200, status has no value</c>.</summary>
    public static string Inputs(PipelineRun run, StepExpression expression)
    {
        if (!run.Current.TryGet(out var document, out _)) return string.Empty;
        var message = run.Current.Message;
        var inputs = expression.Code.Facts.Paths
            .DistinctBy(p => p.ToString())
            .Where(p => p.Base != SourcePathBase.Parent && !p.Parts.Any(part => part.Name is "*" or "**"))
            .Take(MaximumInputs)
            .Select(p => Input(p, Follow(p, p.Base == SourcePathBase.Variable ? message : document)));
        return string.Join(", ", inputs);
    }

    private static string Input(SourcePath path, in Value value) => value.IsMissing
        ? DiagnosticTexts.Catalog.Render("word.input.none", ("path", path.ToString()))
        : DiagnosticTexts.Catalog.Render("word.input", ("path", path.ToString()), ("value", ShownValue.Of(value)));

    /// <summary>As far as one value leads to the next; a list on the way is shown as the list.</summary>
    private static Value Follow(SourcePath path, Value at)
    {
        foreach (var part in path.Parts)
        {
            if (at.IsArray) break;
            at = at.Member(part.Name);
        }

        return at;
    }
}
