using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Holds the document against a contract. All that does not fit is reported.</summary>
internal sealed class ValidateStep : StepDefinition
{
    private readonly ContractDefinition _contract;
    private readonly string? _record;

    private ValidateStep(StepSite site, ContractDefinition contract, string? record)
        : base(site, $"validate {contract.Name}")
    {
        _contract = contract;
        _record = record;
    }

    public static StepSpec Spec { get; } = new(
        "validate",
        ends: false,
        new ObjectSpec(
            "step validate",
            "The document must have the shape of a contract; a message that does not fit is dead, with everything that does not fit.",
            "contract: erp-order",
            [FieldSpec.Required("contract", FieldType.Reference(ReferenceKind.Contract), "The contract's name.", "erp-order")],
            shortField: "contract"),
        static (fields, site, compiler) => compiler.Contract(fields.Find("contract")!) is { } contract ? new ValidateStep(site, contract, compiler.Record) : null);

    internal override ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken) => new(Validate(run));

    private StepResult Validate(PipelineRun run)
    {
        if (!run.TryGetNode(At, Path, out var tape, out var node)) return StepResult.Failed;
        var findings = new Findings();
        if (_contract.Validate(tape, node, findings, run.InputName, _record)) return StepResult.Passed;
        foreach (var finding in findings) run.Findings.Add(Placed(run, finding));
        return StepResult.Failed;
    }
}
