using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>All kinds of steps.</summary>
public static class StepCatalog
{
    /// <summary>In the order in which a pipeline usually uses them.</summary>
    public static IReadOnlyList<StepSpec> All { get; } =
        [FilterStep.Spec, ValidateStep.Spec, EnrichStep.Spec, SplitStep.Spec, MapStep.Spec, RouteStep.Spec, SendStep.Spec];

    /// <summary>What stands after each kind's key, for the loader.</summary>
    public static IReadOnlyDictionary<string, ObjectSpec> Fields { get; } = All.ToDictionary(s => s.Kind, s => s.Fields, StringComparer.Ordinal);

    /// <summary>The kinds with which a pipeline ends.</summary>
    public static IReadOnlySet<string> Last { get; } = All.Where(s => s.Ends).Select(s => s.Kind).ToHashSet(StringComparer.Ordinal);

    /// <summary>The kind with this key, or null.</summary>
    public static StepSpec? Find(string kind) => All.FirstOrDefault(s => s.Kind == kind);
}
