using FluentValidation;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration.Rules;

/// <summary>What must hold in a pipeline, and between it and the systems it delivers to.</summary>
internal sealed class PipelineRules : AbstractValidator<PipelineConfig>
{
    public PipelineRules(ConfigurationSpecs specs, IReadOnlyDictionary<string, SystemConfig> systems)
    {
        var last = string.Join(", ", specs.LastSteps.Order(StringComparer.Ordinal));

        RuleFor(p => p.Steps).Must(steps => steps.Any(s => specs.LastSteps.Contains(s.Kind)))
            .Reports("CFG240", "steps", p => [("found", p.Steps[^1].Kind), ("known", last)], p => p.Steps[^1].At);

        RuleFor(p => p.Steps).Must(steps => Unreached(steps) is null)
            .Reports("CFG241", "steps", p => [("found", Unreached(p.Steps)!.Kind)], p => Unreached(p.Steps)!.At);

        RuleFor(p => p.Key).Must((p, key) => key is not null || Holding(p) is null)
            .Reports("CFG242", "key", p => [("system", Holding(p)!)]);

        RuleFor(p => p.Steps).Must((p, _) => ToItself(p) is null).WithSeverity(FluentValidation.Severity.Warning)
            .Reports("CFG243", "steps", p => [("endpoint", p.From)], p => ToItself(p)!.Value);

        StepConfig? Unreached(IReadOnlyList<StepConfig> steps) =>
            steps.SkipWhile(s => !specs.LastSteps.Contains(s.Kind)).Skip(1).FirstOrDefault();

        string? Holding(PipelineConfig pipeline) =>
            Targets(pipeline).Select(t => t.Text.Split('.')[0])
                .FirstOrDefault(s => systems.TryGetValue(s, out var system) && system.AfterDead == AfterDead.Hold);

        SourcePosition? ToItself(PipelineConfig pipeline) =>
            Targets(pipeline).Where(t => t.Text == pipeline.From).Select(t => (SourcePosition?)t.At).FirstOrDefault();

        IEnumerable<SpecItem> Targets(PipelineConfig pipeline) =>
            from step in pipeline.Steps
            where specs.LastSteps.Contains(step.Kind)
            from name in step.Fields.References()
            where name.Type.Target == ReferenceKind.Endpoint
            select name;
    }
}
