using Hub.Core.Configuration;
using Mappings.Diagnostics;
using Mappings.Mapping;

namespace Hub.Core.Runtime;

/// <summary>Holds the systems and contracts that a mapping names against those there are: a misspelt contract would check nothing.</summary>
internal static class MappingLinks
{
    public static void Check(MappingDefinition definition, LoadedConfiguration loaded, Findings findings)
    {
        foreach (var (key, side) in new[] { ("source", definition.Source), ("target", definition.Target) })
        {
            if (side.System is { } system) Name("system", "systems", system, loaded.Systems.Keys, side.SystemAt, key, loaded, findings);
            if (side.Contract is { } contract) Name("contract", "contracts", contract, loaded.Contracts.Keys, side.ContractAt, key, loaded, findings);
        }
    }

    private static void Name(string kind, string folder, string name, IEnumerable<string> known, SourcePosition at, string side, LoadedConfiguration loaded, Findings findings)
    {
        var names = known.Order(StringComparer.Ordinal).ToList();
        var file = $"{folder}/{name}.";

        // A file that is there and broken has been reported for that.
        if (names.Contains(name) || loaded.Findings.Any(f => f.At.File.StartsWith(file, StringComparison.Ordinal))) return;
        KnownNames.Unknown(kind, name, names, at, $"{side}.{kind}", findings);
    }
}
