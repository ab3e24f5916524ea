using System.Globalization;
using Mappings.Expressions;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Values of messages as findings show them: short, and with their kind visible.</summary>
internal static class Shown
{
    private const int MaximumLength = 60;
    private const int MaximumInputs = 8;

    public static string Of(in Value value) => value.Kind switch
    {
        ValueKind.Missing => "no value",
        ValueKind.Function => "a function",
        ValueKind.Array => $"a list of {Number(value.Count)}",
        ValueKind.Object => "an object",
        ValueKind.Text => $"\"{Short(value.AsText()!)}\"",
        _ => Short(value.AsText()!),
    };

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

    private static string Input(SourcePath path, in Value value) => value.IsMissing ? $"{path} has no value" : $"{path} is {Of(value)}";

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

    private static string Short(string text) => text.Length <= MaximumLength ? text : string.Concat(text.AsSpan(0, MaximumLength), "…");
}
