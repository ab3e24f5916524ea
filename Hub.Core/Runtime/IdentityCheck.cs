using Hub.Core.Pipelines;
using Hub.Core.Pipelines.Steps;
using Mappings.Diagnostics;
using Mappings.Mapping;

namespace Hub.Core.Runtime;

/// <summary>Whether the entries that mappings promise to the identity map can arise: a document has to reach the system that gives the id.</summary>
internal static class IdentityCheck
{
    public static void Run(IReadOnlyList<PipelineDefinition> pipelines, IEnumerable<MappingPlan?> plans, Findings findings)
    {
        foreach (var definition in plans.Select(plan => plan?.Definition).OfType<MappingDefinition>())
        {
            if (definition.Identity is not { } identity || pipelines.Any(pipeline => Sends(pipeline, definition))) continue;
            findings.Warning("CFG317", identity.At, "identity", ("mapping", definition.Name), ("entity", identity.Entity), ("system", definition.Target.System!));
        }
    }

    private static bool Sends(PipelineDefinition pipeline, MappingDefinition definition) =>
        pipeline.Steps.OfType<MapStep>().Any(step => step.Mapping == definition.Name)
        && pipeline.Steps.SelectMany(step => step.Targets).Any(target => target.System == definition.Target.System);
}
