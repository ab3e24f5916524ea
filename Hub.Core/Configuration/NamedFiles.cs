using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>Reads the YAML files of a folder whose first duty is to declare the name that the file has.</summary>
internal sealed class NamedFiles
{
    private readonly IConfigurationFiles _files;
    private readonly Findings _findings;

    public NamedFiles(IConfigurationFiles files, Findings findings)
    {
        _files = files;
        _findings = findings;
    }

    /// <summary>The files of a folder; Root is null when the file could not be read or is not a mapping.</summary>
    /// <param name="key">The key that declares the name: <c>system</c>, <c>pipeline</c> …</param>
    public IEnumerable<(string Name, ConfigurationFile File, YamlMapping? Root)> Read(string folder, string key)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in ConfigurationLayout.In(_files, folder))
        {
            var name = ConfigurationLayout.NameOf(file.Path);
            if (!NameRule.IsName(name))
            {
                _findings.Error("CFG219", SourcePosition.WholeFile(file.Path), "", ("name", name));
                continue;
            }

            if (!names.TryAdd(name, file.Path))
            {
                _findings.Error("CFG214", SourcePosition.WholeFile(file.Path), "", ("kind", key), ("name", name), ("first", names[name]));
                continue;
            }

            var root = file.Path.EndsWith(".yaml", StringComparison.Ordinal) ? Mapping(file, key, name) : null;
            yield return (name, file, root);
        }
    }

    public YamlMapping? Mapping(ConfigurationFile file, string example)
    {
        var root = YamlFile.Parse(file.Path, file.Content.Span, _findings);
        if (root is null or YamlMapping) return root as YamlMapping;
        _findings.Error("YML124", root.Position, "", ("example", example));
        return null;
    }

    public YamlMapping? Mapping(ConfigurationFile file, string key, string name)
    {
        var root = Mapping(file, $"{key}: {name}");
        if (root is null) return null;
        if (root[key] is YamlScalar { IsEmpty: false } declared && declared.Value != name)
            _findings.Error("CFG205", declared.Position, "", ("kind", key), ("declared", declared.Value), ("name", name));
        return root;
    }
}
