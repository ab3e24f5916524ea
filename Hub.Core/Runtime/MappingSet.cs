using Hub.Core.Configuration;
using Hub.Core.Pipelines;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Lookups;
using Mappings.Mapping;

namespace Hub.Core.Runtime;

/// <summary>The mapping files of a configuration, compiled with the lookups and contracts they use.</summary>
public sealed class MappingSet
{
    private MappingSet(IReadOnlyDictionary<string, MappingDefinition?> definitions, MappingCompileContext context, Findings findings)
    {
        Definitions = definitions;
        Context = context;
        Plans = definitions.ToDictionary(
            mapping => mapping.Key,
            mapping => mapping.Value is { } definition ? MappingPlan.Compile(definition, context, findings) : null,
            StringComparer.Ordinal);
    }

    /// <summary>What the files say, by name; without a value what has not the shape of a mapping.</summary>
    public IReadOnlyDictionary<string, MappingDefinition?> Definitions { get; }

    /// <summary>What they may refer to.</summary>
    public MappingCompileContext Context { get; }

    /// <summary>By name; without a value what did not compile.</summary>
    public IReadOnlyDictionary<string, MappingPlan?> Plans { get; }

    /// <summary>Compiles every mapping; everything that is wrong is reported together.</summary>
    public static MappingSet Compile(LoadedConfiguration loaded, IReadOnlyDictionary<string, ContractDefinition?> contracts, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(contracts);
        ArgumentNullException.ThrowIfNull(findings);
        var lookups = new Dictionary<string, LookupTable>(StringComparer.Ordinal);
        foreach (var (name, lookup) in loaded.Lookups)
        {
            var table = lookup.Root is { } root ? LookupFile.Read(root, findings) : LookupFile.ReadCsv(name, lookup.File, lookup.Csv!.Value, findings);
            if (table is not null) lookups.Add(name, table);
        }

        var definitions = new Dictionary<string, MappingDefinition?>(StringComparer.Ordinal);
        var drafts = new List<MappingDefinition>();
        foreach (var (name, mapping) in loaded.Mappings)
        {
            var read = MappingFile.Read(mapping.Root, findings, out var draft);
            definitions.Add(name, read is null ? null : LayoutLink.Resolve(read, loaded, findings));
            if (draft is not null && LayoutLink.Resolve(draft, loaded, findings) is { } linked) drafts.Add(linked);
        }

        foreach (var definition in definitions.Values.OfType<MappingDefinition>().Concat(drafts)) MappingLinks.Check(definition, loaded, findings);
        var context = new MappingCompileContext
        {
            Lookups = lookups,
            Contracts = contracts.Where(contract => contract.Value is not null).ToDictionary(contract => contract.Key, contract => contract.Value!, StringComparer.Ordinal),
            Layouts = loaded.Layouts,
            // A system or mapping that is broken is not there, which says nothing about what names it.
            Systems = !loaded.IsValid ? null : loaded.Systems.Keys.ToHashSet(StringComparer.Ordinal),
            Identities = !loaded.IsValid ? null : definitions.Values.Where(d => d?.Identity is not null).Select(d => (d!.Identity!.Entity, d.Source.System!, d.Target.System!)).ToHashSet(),
            Variables = [PipelineRun.MessageVariable],
        };
        foreach (var draft in drafts) MappingPlan.Check(draft, context, findings);
        return new MappingSet(definitions, context, findings);
    }
}
