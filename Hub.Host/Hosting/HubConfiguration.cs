using Connectors;
using Connectors.Sandbox;
using Hub.Core.Configuration;
using Hub.Core.Configuration.Reload;
using Hub.Core.Messaging;
using Hub.Core.Pipelines;
using Hub.Core.Runtime;
using Hub.Host.Schedules;
using Hub.Host.TypedMaps;
using Mappings.Diagnostics;

namespace Hub.Host.Hosting;

/// <summary>
/// The configuration folder, from files to what runs, with the connectors and steps of this program. <c>hub validate</c>,
/// <c>hub run</c>, <c>hub map</c> and reload all come through here, so what one refuses all refuse.
/// </summary>
internal sealed class HubConfiguration
{
    private readonly string _written;
    private readonly string? _environment;
    private readonly EnvironmentReferences _references = new();
    private readonly HubCompiler _compiler;
    private readonly TimeProvider _clock;

    public HubConfiguration(string folder, string? environment, SandboxDirectory sandboxes, TimeProvider clock, Func<string, ITypedMapSource>? typedMaps = null, IMessagingSource? messaging = null)
    {
        _written = folder;
        Folder = Path.GetFullPath(folder);
        _environment = environment;
        _clock = clock;
        _compiler = new HubCompiler(
            ConnectorCatalog.All(sandboxes), clock, typedMaps?.Invoke(Folder) ?? new Extensions(Folder, []), messaging ?? new Extensions(Folder, []), new QuartzCronExpressions());
        Reloader = new ConfigurationReloader<HubDefinition>(Load, Compile);
    }

    public string Folder { get; }

    public ConfigurationSpecs Specs => _compiler.Specs;

    public ConfigurationReloader<HubDefinition> Reloader { get; }

    /// <summary>The files as they are now.</summary>
    public ConfigurationSnapshot Read() => ConfigurationDirectory.Read(Folder);

    /// <summary>Loads and checks shapes and names, without compiling.</summary>
    public LoadedConfiguration Load() => Load(Read());

    /// <summary>A finding as the user of a command line reads it: its paths start where the folder was named.</summary>
    public Finding Shown(Finding finding) => ShownMapping(finding with { At = Shown(finding.At) });

    /// <summary>The same for a finding in a message, whose own place is not in the folder.</summary>
    public Finding ShownMapping(Finding finding) => finding with { Mapping = finding.Mapping is { } mapping ? Shown(mapping) : null };

    /// <summary>Loads and compiles without running anything. Mappings stand on their own, so theirs is told even when something else is wrong.</summary>
    public (LoadedConfiguration Loaded, HubDefinition? Definition, ConfigurationReport Report) Check()
    {
        var files = Read();
        var loaded = Load(files);
        var more = new Findings();
        var definition = loaded.IsValid ? Compile(loaded, more) : null;
        var mappings = CompileMappings(loaded, loaded.IsValid ? [] : more);
        Tests(files, mappings, [], more);
        return (loaded, definition, new ConfigurationReport(loaded, files, Specs, more, _written));
    }

    /// <summary>The mappings alone: a broken pipeline or system beside them does not matter.</summary>
    public static MappingSet CompileMappings(LoadedConfiguration loaded, Findings findings)
    {
        var contracts = loaded.Contracts.ToDictionary(contract => contract.Key, contract => contract.Value.Read(findings), StringComparer.Ordinal);
        return MappingSet.Compile(loaded, contracts, findings);
    }

    /// <summary>The tests of the mappings, checked but not run.</summary>
    /// <param name="names">The mappings whose tests are wanted; all when empty.</param>
    public TestSet Tests(IConfigurationFiles files, MappingSet mappings, IReadOnlyCollection<string> names, Findings findings) =>
        TestSet.Read(files, mappings, new SampleFolder(Folder), names, findings);

    public SourcePosition Shown(SourcePosition at) => at.IsNone ? at : at with { File = Path.Combine(_written, at.File) };

    private HubDefinition? Compile(LoadedConfiguration loaded, Findings findings)
    {
        if (_compiler.Compile(loaded, findings) is not { } definition) return null;
        var refused = new Findings();
        ConnectionCheck.Run(definition, ConnectorCatalog.All(new SandboxDirectory()), Folder, _clock, ProcessChance.Source, refused);
        findings.AddRange(refused);
        return refused.HasErrors ? null : definition;
    }

    public LoadedConfiguration Load(IConfigurationFiles files) => ConfigurationLoader.Load(files, _environment, Specs, _references);
}
