using Mappings.Diagnostics;

namespace Hub.Core.Configuration.Rules;

/// <summary>Applies the semantic rules to all that could be read.</summary>
internal static class ConfigurationRules
{
    public static void Check(
        HubConfig hub,
        IReadOnlyDictionary<string, SystemConfig> systems,
        IReadOnlyDictionary<string, PipelineConfig> pipelines,
        ConfigurationSpecs specs,
        Findings findings)
    {
        new HubRules().Check(hub, hub.Source, findings);
        var systemRules = new SystemRules();
        foreach (var system in systems.Values) systemRules.Check(system, system.Fields, findings);
        var pipelineRules = new PipelineRules(specs, systems);
        foreach (var pipeline in pipelines.Values) pipelineRules.Check(pipeline, pipeline.Source, findings);
    }
}
