using Hub.Core.Configuration;
using Hub.Host.Hosting;
using Mappings.Diagnostics;
using Mappings.Mapping;

namespace Hub.Host.Commands;

/// <summary>The names of mappings on the command line.</summary>
internal static class MappingNames
{
    /// <summary>True when the configuration has the mapping. Else the findings say why: its file is broken, or there is none.</summary>
    public static bool Check(LoadedConfiguration loaded, string name, Findings findings)
    {
        if (loaded.Mappings.ContainsKey(name)) return true;
        var broken = loaded.Findings.Where(finding => finding.At.File == $"mappings/{name}.yaml" || IsNoFolder(finding)).ToList();
        findings.AddRange(broken);
        if (broken.Count > 0) return false;
        var hint = NameSuggestion.Closest(name, loaded.Mappings.Keys);
        findings.Error(hint is null ? "HUB921" : "HUB922", SourcePosition.None, string.Empty, ("name", name), ("hint", hint ?? string.Empty), ("known", string.Join(", ", loaded.Mappings.Keys.Order(StringComparer.Ordinal))));
        return false;
    }

    /// <summary>The whole configuration is not there: to name no mapping of it, or to find none, says nothing.</summary>
    public static bool IsNoFolder(Finding finding) => finding.Code == "CFG200";

    /// <summary>The mapping, compiled; a broken pipeline or system beside it does not matter here.</summary>
    public static MappingPlan? Plan(HubConfiguration configuration, string name, Findings findings)
    {
        var loaded = configuration.Load();
        return Check(loaded, name, findings) ? HubConfiguration.CompileMappings(loaded, findings).Plans[name] : null;
    }
}
