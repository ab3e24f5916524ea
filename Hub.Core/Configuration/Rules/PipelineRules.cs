using FluentValidation;
using Hub.Abstractions.Connectors;
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

        RuleFor(p => p.From).Must(from => Can(from, ConnectorAbilities.Receive | ConnectorAbilities.ReceiveHttp))
            .Reports("CFG244", "from", p => [("endpoint", p.From), ("connector", ConnectorOf(p.From)!.Kind)]);

        RuleFor(p => p.Steps).Must((p, _) => Deaf(p) is null)
            .Reports("CFG245", "steps", p => [("endpoint", Deaf(p)!.Text), ("connector", ConnectorOf(Deaf(p)!.Text)!.Kind)], p => Deaf(p)!.At);

        RuleFor(p => p.Steps).Must((p, _) => Mute(p) is null)
            .Reports("CFG246", "steps", p => [("endpoint", Mute(p)!.Text), ("connector", ConnectorOf(Mute(p)!.Text)!.Kind)], p => Mute(p)!.At);

        RuleFor(p => p.Durability).Must((p, durability) => durability == Durability.Journal || Can(p.From, ConnectorAbilities.HoldsUnacked))
            .Reports("CFG365", "durability", p => [("endpoint", p.From), ("connector", ConnectorOf(p.From)!.Kind)]);

        RuleFor(p => p.Durability).Must((p, durability) => durability == Durability.Journal || Holding(p) is null)
            .Reports("CFG366", "durability", p => [("system", Holding(p)!)]);

        RuleFor(p => p.Durability).Must((p, durability) => durability == Durability.Journal || !p.Source.Has("dedupe") || p.Dedupe.Text == "none")
            .Reports("CFG367", "dedupe", p => [("found", p.Dedupe.Text)]);

        SpecItem? Deaf(PipelineConfig pipeline) => Targets(pipeline).FirstOrDefault(t => !Can(t.Text, ConnectorAbilities.Send));

        SpecItem? Mute(PipelineConfig pipeline) =>
            Endpoints(pipeline, s => !specs.LastSteps.Contains(s.Kind)).FirstOrDefault(t => !Can(t.Text, ConnectorAbilities.Request));

        // An endpoint that does not exist, or whose system could not be read, has been reported for that.
        bool Can(string endpoint, ConnectorAbilities one) => ConnectorOf(endpoint) is not { } connector || (connector.Abilities & one) != 0;

        ConnectorSpec? ConnectorOf(string endpoint) =>
            systems.TryGetValue(endpoint.Split('.')[0], out var system) ? specs.Connectors[system.Connector] : null;

        StepConfig? Unreached(IReadOnlyList<StepConfig> steps) =>
            steps.SkipWhile(s => !specs.LastSteps.Contains(s.Kind)).Skip(1).FirstOrDefault();

        string? Holding(PipelineConfig pipeline) =>
            Targets(pipeline).Select(t => t.Text.Split('.')[0])
                .FirstOrDefault(s => systems.TryGetValue(s, out var system) && system.AfterDead == AfterDead.Hold);

        SourcePosition? ToItself(PipelineConfig pipeline) =>
            Targets(pipeline).Where(t => t.Text == pipeline.From).Select(t => (SourcePosition?)t.At).FirstOrDefault();

        IEnumerable<SpecItem> Targets(PipelineConfig pipeline) => Endpoints(pipeline, s => specs.LastSteps.Contains(s.Kind));

        IEnumerable<SpecItem> Endpoints(PipelineConfig pipeline, Func<StepConfig, bool> which) =>
            from step in pipeline.Steps
            where which(step)
            from name in step.Fields.References()
            where name.Type.Target == ReferenceKind.Endpoint
            select name;
    }
}
