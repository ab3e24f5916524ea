using System.Security.Cryptography;
using System.Text;
using Hub.Core.Configuration.Rules;
using Hub.Core.Messaging;
using Mappings.Diagnostics;
using Mappings.Layouts;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>
/// Reads and checks a whole configuration. <c>hub validate</c>, <c>hub run</c>, reload and the console use this one,
/// so what one refuses all refuse.
/// </summary>
public static class ConfigurationLoader
{
    /// <param name="environment">Name of the overlay in environments/; null for none.</param>
    /// <param name="references">Gives the values of <c>${NAME}</c> and <c>${file:…}</c>.</param>
    public static LoadedConfiguration Load(IConfigurationFiles files, string? environment, ConfigurationSpecs specs, IReferenceSource references)
    {
        var findings = new Findings();
        findings.AddRange(files.Findings);
        if (!files.Exists) findings.Error("CFG200", SourcePosition.WholeFile(files.Folder), "", ("folder", files.Folder));
        else CheckNames(files, findings);
        var overlay = EnvironmentOverlay.Read(files, environment, findings);
        var hub = files.Exists ? HubReader.Read(files, overlay.Hub, references, findings) : HubReader.Default();
        var known = new KnownNames();
        var layouts = Layouts(files, known, findings);
        var context = new LoadContext(specs, references, findings, known, []) { Limits = hub.Limits, Layouts = layouts };
        var systems = Systems(files, overlay, context);
        var contracts = Contracts(files, context);
        var lookups = Lookups(files, context);
        var mappings = Mappings(files, context);
        if (hub.RequiresTests) TestFiles.Require(files, mappings.Values, findings);
        // A hub may have sagas and handlers only: their endpoints are its pipelines.
        var pipelines = Pipelines(files, context, isNeeded: !systems.Values.Any(s => s.Connector == MessagingConnector.Kind));
        foreach (var name in context.Names) context.Known.Check(name, findings);
        ConfigurationRules.Check(hub, systems, pipelines, specs, findings);
        var revisions = Revisions(files, overlay.File);
        return new LoadedConfiguration
        {
            Hub = hub,
            Systems = systems,
            Contracts = contracts,
            Layouts = layouts,
            Lookups = lookups,
            Mappings = mappings,
            Pipelines = pipelines,
            Environment = environment,
            Revision = Combine(revisions, environment),
            FileRevisions = revisions,
            Findings = findings.Sorted(),
        };
    }

    private static void CheckNames(IConfigurationFiles files, Findings findings)
    {
        var known = string.Join(", ", ConfigurationLayout.TopNames);
        foreach (var name in files.TopNames.Except(ConfigurationLayout.TopNames, StringComparer.Ordinal))
        {
            var near = NameSuggestion.Closest(name, ConfigurationLayout.TopNames);
            findings.Warning(near is null ? "CFG203" : "CFG202", SourcePosition.WholeFile(name), "", ("name", name), ("suggestion", near ?? string.Empty), ("known", known));
        }

        foreach (var path in files.Files.Keys)
        {
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || !ConfigurationLayout.Endings.TryGetValue(path[..slash], out var endings)) continue;
            if (!endings.Any(e => path.EndsWith(e, StringComparison.Ordinal)))
                findings.Warning("CFG204", SourcePosition.WholeFile(path), "", ("known", string.Join(", ", endings)));
        }
    }

    private static Dictionary<string, SystemConfig> Systems(IConfigurationFiles files, EnvironmentOverlay overlay, LoadContext context)
    {
        var systems = new Dictionary<string, SystemConfig>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var (name, _, root) in new NamedFiles(files, context.Findings).Read(ConfigurationLayout.Systems, "system"))
        {
            names.Add(name);
            var keys = overlay.Systems.TryGetValue(name, out var over) ? over.Keys : null;
            if (SystemReader.Read(name, root, keys, context) is { } system) systems.Add(name, system);
        }

        foreach (var (name, over) in overlay.Systems.Where(s => !names.Contains(s.Key)))
            KnownNames.Unknown("system", name, names, over.At, "systems", context.Findings);
        return systems;
    }

    private static Dictionary<string, ContractConfig> Contracts(IConfigurationFiles files, LoadContext context)
    {
        var contracts = new Dictionary<string, ContractConfig>(StringComparer.Ordinal);
        foreach (var (name, file, root) in new NamedFiles(files, context.Findings).Read(ConfigurationLayout.Contracts, "contract"))
        {
            context.Known.Add(ReferenceKind.Contract, name);
            if (!file.Path.EndsWith(".yaml", StringComparison.Ordinal)) contracts.Add(name, new ContractConfig(name, file.Path, null, file.Content));
            else if (root is not null && Declares(root, "contract", name, context)) contracts.Add(name, new ContractConfig(name, file.Path, root, default));
        }

        return contracts;
    }

    private static Dictionary<string, LayoutDefinition> Layouts(IConfigurationFiles files, KnownNames known, Findings findings)
    {
        var layouts = new Dictionary<string, LayoutDefinition>(StringComparer.Ordinal);
        foreach (var (name, _, root) in new NamedFiles(files, findings).Read(ConfigurationLayout.Layouts, "layout"))
        {
            known.Add(ReferenceKind.Layout, name);
            if (root is not null && LayoutFile.Read(root, findings) is { } layout) layouts.Add(name, layout);
        }

        return layouts;
    }

    private static Dictionary<string, MappingConfig> Mappings(IConfigurationFiles files, LoadContext context)
    {
        var mappings = new Dictionary<string, MappingConfig>(StringComparer.Ordinal);
        foreach (var (name, file, root) in new NamedFiles(files, context.Findings).Read(ConfigurationLayout.Mappings, "mapping"))
        {
            context.Known.Add(ReferenceKind.Mapping, name);
            if (root is not null && Declares(root, "mapping", name, context))
                mappings.Add(name, new MappingConfig(name, file.Path, root, Encoding.UTF8.GetString(file.Content.Span), file.Revision));
        }

        return mappings;
    }

    private static Dictionary<string, LookupConfig> Lookups(IConfigurationFiles files, LoadContext context)
    {
        var lookups = new Dictionary<string, LookupConfig>(StringComparer.Ordinal);
        foreach (var (name, file, root) in new NamedFiles(files, context.Findings).Read(ConfigurationLayout.Lookups, "lookup"))
        {
            context.Known.Add(ReferenceKind.Lookup, name);
            if (file.Path.EndsWith(".csv", StringComparison.Ordinal)) lookups.Add(name, new LookupConfig(name, file.Path, null, file.Content));
            else if (root is not null && Declares(root, "lookup", name, context)) lookups.Add(name, new LookupConfig(name, file.Path, root, null));
        }

        return lookups;
    }

    private static Dictionary<string, PipelineConfig> Pipelines(IConfigurationFiles files, LoadContext context, bool isNeeded)
    {
        var pipelines = new Dictionary<string, PipelineConfig>(StringComparer.Ordinal);
        var any = false;
        foreach (var (name, _, root) in new NamedFiles(files, context.Findings).Read(ConfigurationLayout.Pipelines, "pipeline"))
        {
            any = true;
            context.Known.Add(ReferenceKind.Pipeline, name);
            if (root is not null && PipelineReader.Read(name, root, context) is { } pipeline) pipelines.Add(name, pipeline);
        }

        if (!any && isNeeded && files.Exists) context.Findings.Error("CFG206", SourcePosition.WholeFile(ConfigurationLayout.Pipelines), "", ("example", FileSpecs.Pipeline.Example));
        return pipelines;
    }

    private static bool Declares(YamlMapping root, string key, string name, LoadContext context)
    {
        if (root[key] is YamlScalar { IsEmpty: false }) return true;
        context.Findings.Error("YML126", root.Position, "", ("key", key), ("owner", key), ("example", name));
        return false;
    }

    private static SortedDictionary<string, string> Revisions(IConfigurationFiles files, ConfigurationFile? environment)
    {
        var revisions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (files.Files.TryGetValue(ConfigurationLayout.HubFile, out var hub)) revisions.Add(hub.Path, hub.Revision);
        if (environment is not null) revisions.Add(environment.Path, environment.Revision);
        foreach (var folder in ConfigurationLayout.Endings.Keys.Where(f => f != ConfigurationLayout.Environments))
        {
            foreach (var file in ConfigurationLayout.In(files, folder)) revisions.Add(file.Path, file.Revision);
        }

        return revisions;
    }

    private static string Combine(SortedDictionary<string, string> revisions, string? environment)
    {
        var text = string.Concat(revisions.Select(r => $"{r.Key}:{r.Value}\n")) + "environment:" + environment;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }
}
