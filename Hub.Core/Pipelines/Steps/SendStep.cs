using Hub.Abstractions.Messages;
using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Sends the document to one endpoint or several, and ends the pipeline.</summary>
internal sealed class SendStep : StepDefinition
{
    private readonly EndpointName[] _targets;

    private SendStep(StepSite site, EndpointName[] targets)
        : base(site, $"send {string.Join(", ", targets)}") => _targets = targets;

    public static StepSpec Spec { get; } = new(
        "send",
        ends: true,
        new ObjectSpec(
            "step send",
            "The document goes to these endpoints; each is a delivery of its own, with its own retries.",
            "to: [ crm.deals, oa.approvals ]",
            [FieldSpec.Required("to", FieldType.ListOrOne(FieldType.Reference(ReferenceKind.Endpoint), 1), "One endpoint or a list of them.", "crm.deals")],
            shortField: "to"),
        static (fields, site, compiler) => compiler.Targets(fields.List("to")) is { } targets ? new SendStep(site, targets) : null);

    public override IReadOnlyList<EndpointName> Targets => _targets;

    internal override ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        run.Deliver(_targets);
        return new ValueTask<StepResult>(StepResult.Passed);
    }
}
