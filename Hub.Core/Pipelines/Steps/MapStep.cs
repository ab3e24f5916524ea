using Hub.Core.Xrefs;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Mapping.Tracing;
using Mappings.Xrefs;
using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Turns the document into what a mapping makes of it. A record that the mapping skips is filtered.</summary>
internal sealed class MapStep : StepDefinition
{
    private readonly IDocumentMapping _mapping;

    private MapStep(StepSite site, string name, IDocumentMapping mapping)
        : base(site, $"map {name}")
    {
        Mapping = name;
        _mapping = mapping;
    }

    /// <summary>The mapping's name.</summary>
    public string Mapping { get; }

    public static StepSpec Spec { get; } = new(
        "map",
        ends: false,
        new ObjectSpec(
            "step map",
            "The document becomes what a mapping makes of it; later steps see the new document.",
            "mapping: erp-order-to-crm-deal",
            [
                FieldSpec.Optional("mapping", FieldType.Reference(ReferenceKind.Mapping), "The mapping's name.", "erp-order-to-crm-deal"),
                FieldSpec.Optional("profile", FieldType.Name, "Instead of a mapping: the name of an AutoMapper profile, a map written in C#.", "OaApprovalProfile"),
                FieldSpec.Optional("source", FieldType.Text, "With a profile of several maps: the type that records are read into.", "ErpOrder"),
                FieldSpec.Optional("target", FieldType.Text, "With a profile of several maps: the type that documents are written from.", "OaApproval"),
            ],
            shortField: "mapping"),
        Compile);

    public override IReadOnlySet<string> SecretNames => _mapping.SecretNames;

    /// <summary>What it runs.</summary>
    internal IDocumentMapping Code => _mapping;

    internal override bool MayAsk => _mapping.UsesXrefs;

    private static MapStep? Compile(SpecValue fields, StepSite site, StepCompiler compiler)
    {
        var (mapping, profile) = (fields.Find("mapping"), fields.Find("profile"));
        var stray = fields.Find("source") ?? fields.Find("target");
        if (mapping is null == profile is null || (profile is null && stray is not null))
        {
            compiler.Findings.Error("CFG337", (profile is null ? stray : profile)?.KeyAt ?? site.At, site.Path);
            return null;
        }

        var code = mapping is not null ? compiler.Mapping(mapping) : compiler.TypedMap(profile!, fields.Find("source"), fields.Find("target"));
        return code is null ? null : new MapStep(site, (mapping ?? profile)!.Text, code);
    }

    internal override ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken)
    {
        if (!run.TryGetNode(At, Path, out var tape, out var node)) return new(StepResult.Failed);
        var input = new MapInput(tape, node, run.Current.Message, run.Now, run.InputName) { Trace = Watch(run, tape, node) };
        if (_mapping.UsesFile) input = input with { File = run.File() };
        if (_mapping.UsesXrefs) return MapAsync(run, input, cancellationToken);
        var findings = new Findings();
        var result = _mapping.Run(input, run.Current.NextOutput(), findings);
        return new(Conclude(run, result, findings));
    }

    private MappingTrace? Watch(PipelineRun run, Tape tape, int node) =>
        run.Trace?.Map(Mapping, run.Current.IsPart ? run.Part : null, Value.FromTape(tape, node), run.Current.IsPart ? run.Current.Message : null);

    /// <summary>What the identity map has to be asked is known after a first run: one question, then a second run.</summary>
    private async ValueTask<StepResult> MapAsync(PipelineRun run, MapInput input, CancellationToken cancellationToken)
    {
        var known = new KnownXrefs(run.Xrefs);
        input = input with { Xrefs = known, Notes = new XrefNotes() };
        while (true)
        {
            var findings = new Findings();
            var result = _mapping.Run(input, run.Current.NextOutput(), findings);
            if (result == MapResult.NeedsXrefs)
            {
                await known.FetchAsync(input.Notes.Unknown, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (result == MapResult.Held) throw new HeldException(input.Notes.Held, [.. findings.Select(f => Placed(run, f)).Where(f => f.Code == "XRF402")]);
            if (result == MapResult.Mapped) run.NoteXrefs(input.Notes);
            return Conclude(run, result, findings);
        }
    }

    private StepResult Conclude(PipelineRun run, MapResult result, Findings findings)
    {
        foreach (var finding in findings) run.Findings.Add(Placed(run, finding));
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
