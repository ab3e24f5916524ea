using System.Text;
using Connectors;
using Connectors.Sandbox;
using Hub.Core.Configuration;
using Hub.Core.Runtime;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Mapping;
using Mappings.Yaml;
using Tests.Architecture;

namespace Tests.Mapping.Mutation;

/// <summary>The example company in memory, with one of its mapping files replaced.</summary>
internal static class CompanyUnderTest
{
    private static readonly ConfigurationSnapshot Files = ConfigurationDirectory.Read(Repository.Path("config"));
    private static readonly ConfigurationSpecs Specs = new HubCompiler(ConnectorCatalog.All(new SandboxDirectory()), TimeProvider.System).Specs;

    public static IReadOnlyList<string> Mappings { get; } =
        [.. Files.Files.Keys.Where(p => p.StartsWith("mappings/", StringComparison.Ordinal) && p.EndsWith(".yaml", StringComparison.Ordinal) && !p.EndsWith(".test.yaml", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).OfType<string>()];

    public static string File(string mapping) => $"mappings/{mapping}.yaml";

    public static string Text(string mapping) => Encoding.UTF8.GetString(Files.Files[File(mapping)].Content.Span);

    /// <summary>Everything the hub says about the company when the mapping has this text.</summary>
    public static IReadOnlyList<Finding> Judge(string mapping, string text, out MappingPlan? plan, out IReadOnlyDictionary<string, ContractDefinition?> contracts)
    {
        // Pipelines and the other mappings have nothing to say about this one.
        var files = Files.Files.Values
            .Where(f => f.Path == File(mapping) || f.Path.Split('/')[0] is "systems" or "contracts" or "lookups" or "layouts" or "hub.yaml")
            .Select(f => f.Path == File(mapping) ? new ConfigurationFile(f.Path, Encoding.UTF8.GetBytes(text)) : f);
        var loaded = ConfigurationLoader.Load(new ConfigurationSnapshot("config", exists: true, files, Files.TopNames), null, Specs, new EnvironmentReferences());
        var findings = new Findings();
        findings.AddRange(loaded.Findings);
        contracts = loaded.Contracts.ToDictionary(c => c.Key, c => c.Value.Read(findings), StringComparer.Ordinal);
        plan = MappingSet.Compile(loaded, contracts, findings).Plans.GetValueOrDefault(mapping);
        return findings.Sorted();
    }

    /// <summary>What the mapping's records look like: its contract, or its layout's record.</summary>
    public static ContractDefinition SourceContract(MappingPlan plan, IReadOnlyDictionary<string, ContractDefinition?> contracts)
    {
        var source = plan.Definition.Source;
        return source.Contract is { } name ? contracts[name]! : source.ResolvedLayout!.ContractOf(source.Record!)!;
    }

    public static YamlNode Root(string mapping) => YamlFile.Parse(File(mapping), Text(mapping), [])!;
}
