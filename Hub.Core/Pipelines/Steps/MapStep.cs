using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Turns the document into what a mapping makes of it. A record that the mapping skips is filtered.</summary>
internal sealed class MapStep : StepDefinition
{
    private readonly IDocumentMapping _mapping;

    private MapStep(StepSite site, string name, IDocumentMapping mapping)
        : base(site, $"map {name}") => _mapping = mapping;

    public static StepSpec Spec { get; } = new(
        "map",
        ends: false,
        new ObjectSpec(
            "step map",
            "The document becomes what a mapping makes of it; later steps see the new document.",
            "mapping: erp-order-to-crm-deal",
            [FieldSpec.Required("mapping", FieldType.Reference(ReferenceKind.Mapping), "The mapping's name.", "erp-order-to-crm-deal")],
            shortField: "mapping"),
        static (fields, site, compiler) => compiler.Mapping(fields.Find("mapping")!) is { } mapping
            ? new MapStep(site, fields.Text("mapping"), mapping)
            : null);

    public override IReadOnlySet<string> SecretNames => _mapping.SecretNames;

    internal override ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken) => new(Map(run));

    private StepResult Map(PipelineRun run)
    {
        if (!run.TryGetNode(At, Path, out var tape, out var node)) return StepResult.Failed;
        var findings = new Findings();
        var input = new MapInput(tape, node, run.Current.Message, run.Now, run.InputName);
        var result = _mapping.Run(input, run.Current.NextOutput(), findings);
        foreach (var finding in findings) run.Findings.Add(run.InInput(finding) with { Mapping = finding.Mapping ?? At });
        switch (result)
        {
            case MapResult.Mapped:
                run.Current.Replace();
                return StepResult.Passed;
            case MapResult.Skipped:
                return StepResult.Filtered;
            default:
                return StepResult.Failed;
        }
    }
}
