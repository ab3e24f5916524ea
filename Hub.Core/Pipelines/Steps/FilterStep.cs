using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Lets a message go on when its condition is true and ends it when it is false. A condition that is neither has failed.</summary>
internal sealed class FilterStep : StepDefinition
{
    private readonly StepExpression _when;
    private readonly string? _reason;

    private FilterStep(StepSite site, StepExpression when, string? reason)
        : base(site, $"filter {when.Text}")
    {
        _when = when;
        _reason = reason;
    }

    public static StepSpec Spec { get; } = new(
        "filter",
        ends: false,
        new ObjectSpec(
            "step filter",
            "Only messages for which the condition is true go on; the others end as filtered.",
            """
            when: header.status != "DRAFT"
            reason: drafts stay in the ERP
            """,
            [
                FieldSpec.Required("when", FieldType.Expression, "The condition; it must give true or false.", "header.status != \"DRAFT\""),
                FieldSpec.Optional("reason", FieldType.Text, "Why the others end here, for whoever asks after one.", "drafts stay in the ERP"),
            ],
            shortField: "when"),
        static (fields, site, compiler) => compiler.Expression(fields.Expression("when")) is { } when
            ? new FilterStep(site, when, fields.TextOrNull("reason"))
            : null);

    public override IReadOnlyList<string> Details => _reason is null ? [] : [$"the others end here: {_reason}"];

    internal override ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken) =>
        new(!Conditions.TryDecide(run, this, _when, out var holds) ? StepResult.Failed : holds ? StepResult.Passed : StepResult.Filtered);
}
