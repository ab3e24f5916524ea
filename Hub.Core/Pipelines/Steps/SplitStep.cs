using System.Globalization;
using Mappings.Expressions;
using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>
/// Cuts the document into parts. The rest of the pipeline runs once for each, all or nothing: what the parts would send
/// is kept only when every part passed or was filtered.
/// </summary>
internal sealed class SplitStep : StepDefinition
{
    /// <summary>More parts than this are a document that should have been cut by its endpoint's <c>record</c>.</summary>
    internal const int MaximumParts = 10_000;

    private readonly StepExpression _each;
    private readonly bool _emptyIsFiltered;
    private readonly string _label;

    private SplitStep(StepSite site, StepExpression each, bool emptyIsFiltered)
        : base(site, $"split {each.Text}")
    {
        _each = each;
        _emptyIsFiltered = emptyIsFiltered;
        _label = each.Code.Facts.PlainPath is null ? "part" : each.Text;
    }

    public static StepSpec Spec { get; } = new(
        "split",
        ends: false,
        new ObjectSpec(
            "step split",
            "The rest of the pipeline runs for each element, with the element as the document and $message as the whole; one bad element makes the message dead and nothing is sent.",
            """
            each: lines
            empty: filter
            """,
            [
                FieldSpec.Required("each", FieldType.Expression, "The elements: a path or an expression that gives a list.", "lines"),
                FieldSpec.Optional(
                    "empty", FieldType.OneOf("error", "filter"), "What becomes of a message without elements: it is dead (error), or ends as filtered.", "filter", "error"),
            ],
            shortField: "each"),
        static (fields, site, compiler) => compiler.Expression(fields.Expression("each")) is { } each
            ? new SplitStep(site, each, fields.Text("empty") == "filter")
            : null);

    public override IReadOnlyList<string> Details => _emptyIsFiltered ? ["a message without elements is filtered"] : [];

    /// <summary>How findings call a part: <c>lines[3]</c>.</summary>
    public string Label(int part) => string.Create(CultureInfo.InvariantCulture, $"{_label}[{part}]");

    internal override ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken) => new(Split(run));

    private StepResult Split(PipelineRun run)
    {
        if (!run.TryEvaluate(_each, Path, out var elements)) return StepResult.Failed;
        var count = elements.IsArray ? elements.Count : elements.IsMissing || elements.IsNull ? 0 : 1;
        if (count == 0)
        {
            if (_emptyIsFiltered) return StepResult.Filtered;
            run.Fail("DAT370", _each.At, Path, ("expression", _each.Text), ("found", ShownValue.Of(elements)));
            return StepResult.Failed;
        }

        if (count > MaximumParts)
        {
            run.Fail("LIM540", _each.At, Path, ("count", Shown.Number(count)), ("limit", Shown.Number(MaximumParts)));
            return StepResult.Failed;
        }

        run.Parts = elements;
        return StepResult.Passed;
    }
}
