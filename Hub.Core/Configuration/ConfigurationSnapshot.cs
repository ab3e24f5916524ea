using System.Text;
using Mappings.Diagnostics;

namespace Hub.Core.Configuration;

/// <summary>Files that are held in memory.</summary>
public sealed class ConfigurationSnapshot : IConfigurationFiles
{
    /// <param name="topNames">What stands directly in the folder; null to take it from the paths.</param>
    public ConfigurationSnapshot(string folder, bool exists, IEnumerable<ConfigurationFile> files, IReadOnlyList<string>? topNames = null, IReadOnlyList<Finding>? findings = null)
    {
        Folder = folder;
        Exists = exists;
        Files = new SortedDictionary<string, ConfigurationFile>(files.ToDictionary(f => f.Path, StringComparer.Ordinal), StringComparer.Ordinal);
        TopNames = topNames ?? [.. Files.Keys.Select(TopName).Distinct(StringComparer.Ordinal)];
        Findings = findings ?? [];
    }

    public string Folder { get; }

    public bool Exists { get; }

    public IReadOnlyDictionary<string, ConfigurationFile> Files { get; }

    public IReadOnlyList<string> TopNames { get; }

    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>A folder made of texts by path, as a draft or a test has it.</summary>
    public static ConfigurationSnapshot Of(string folder, IReadOnlyDictionary<string, string> texts) =>
        new(folder, exists: true, texts.Select(t => new ConfigurationFile(t.Key, Encoding.UTF8.GetBytes(t.Value))));

    /// <summary>The same folder with some files as they are (or are not) elsewhere; that these could not be read here does not matter then.</summary>
    internal ConfigurationSnapshot With(IReadOnlyCollection<string> paths, IReadOnlyDictionary<string, ConfigurationFile> from)
    {
        var files = new Dictionary<string, ConfigurationFile>(Files, StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (from.TryGetValue(path, out var file)) files[path] = file;
            else files.Remove(path);
        }

        return new ConfigurationSnapshot(Folder, Exists, files.Values, TopNames, [.. Findings.Where(f => !paths.Contains(f.At.File))]);
    }

    private static string TopName(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? path : path[..(slash + 1)];
    }
}
