using Hub.Core.Configuration;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Mapping;
using Mappings.Mapping.Checking;

namespace Hub.Core.Runtime;

/// <summary>
/// Holds the filters at the begin of a pipeline against the contract of its records: the one that it validates by, else the
/// one its mapping was written for. What a step has changed before is not judged.
/// </summary>
internal static class FilterCheck
{
    public static void Run(LoadedConfiguration loaded, IReadOnlyDictionary<string, ContractDefinition?> contracts, IReadOnlyDictionary<string, MappingDefinition?> mappings, Findings findings)
    {
        foreach (var pipeline in loaded.Pipelines.Values)
        {
            if (ContractOf(pipeline, mappings) is not { } name || contracts.GetValueOrDefault(name) is not { } contract) continue;
            foreach (var filter in pipeline.Steps.TakeWhile(s => s.Kind is "filter" or "validate").Where(s => s.Kind == "filter"))
                ConditionCheck.Run(filter.Fields.Expression("when"), contract, loaded.Endpoint(pipeline.From)?.Format.Record, filter.Path, findings);
        }
    }

    private static string? ContractOf(PipelineConfig pipeline, IReadOnlyDictionary<string, MappingDefinition?> mappings)
    {
        var unchanged = pipeline.Steps.TakeWhile(s => s.Kind is "filter" or "validate" or "enrich" or "map").ToList();
        var map = unchanged.FindIndex(s => s.Kind == "map");
        var validate = unchanged.FindIndex(s => s.Kind == "validate");
        if (validate >= 0 && (map < 0 || validate < map)) return unchanged[validate].Fields.Text("contract");
        return map >= 0 && unchanged[map].Fields.TextOrNull("mapping") is { } name ? mappings.GetValueOrDefault(name)?.Source.Contract : null;
    }
}
