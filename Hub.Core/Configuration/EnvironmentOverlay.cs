using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What environments/NAME.yaml lays over the other files.</summary>
/// <param name="Hub">Keys for hub.yaml; null when there are none.</param>
/// <param name="Systems">Keys for system files by system name, with the place of the name.</param>
/// <param name="File">The file; null when no environment was asked for or it is not there.</param>
internal sealed record EnvironmentOverlay(YamlMapping? Hub, IReadOnlyDictionary<string, (YamlMapping Keys, SourcePosition At)> Systems, ConfigurationFile? File)
{
    private static readonly EnvironmentOverlay None = new(null, new Dictionary<string, (YamlMapping, SourcePosition)>(), null);

    public static EnvironmentOverlay Read(IConfigurationFiles files, string? environment, Findings findings)
    {
        if (environment is null) return None;
        var path = $"{ConfigurationLayout.Environments}/{environment}.yaml";
        if (!files.Files.TryGetValue(path, out var file))
        {
            var known = ConfigurationLayout.In(files, ConfigurationLayout.Environments).Select(f => ConfigurationLayout.NameOf(f.Path));
            KnownNames.Unknown("environment", environment, known, SourcePosition.WholeFile(path), "", findings);
            return None;
        }

        var overlay = None with { File = file };
        if (new NamedFiles(files, findings).Mapping(file, "environment", environment) is not { } root) return overlay;
        if (SpecReader.Read(root, FileSpecs.Environment, findings) is not { } value) return overlay;
        return overlay with
        {
            Hub = value.Find("hub")?.Node as YamlMapping,
            Systems = value.Map("systems").ToDictionary(s => s.Key, s => ((YamlMapping)s.Value.Node, s.Value.KeyAt), StringComparer.Ordinal),
        };
    }
}
