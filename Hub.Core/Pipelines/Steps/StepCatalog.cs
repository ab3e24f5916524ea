namespace Hub.Core.Pipelines.Steps;

/// <summary>All kinds of steps.</summary>
public static class StepCatalog
{
    /// <summary>In the order in which a pipeline usually uses them.</summary>
    public static IReadOnlyList<StepSpec> All { get; } =
        [FilterStep.Spec, ValidateStep.Spec, EnrichStep.Spec, SplitStep.Spec, MapStep.Spec, RouteStep.Spec, SendStep.Spec];

    /// <summary>The kind with this key, or null.</summary>
    public static StepSpec? Find(string kind) => All.FirstOrDefault(s => s.Kind == kind);
}
