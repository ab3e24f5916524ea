using System.Collections.Frozen;

namespace Hub.Core.Configuration;

/// <summary>What stands where in a configuration folder.</summary>
public static class ConfigurationLayout
{
    public const string HubFile = "hub.yaml";
    public const string ChannelsFile = "channels.yaml";
    public const string Environments = "environments";
    public const string Systems = "systems";
    public const string Contracts = "contracts";
    public const string Layouts = "layouts";
    public const string Lookups = "lookups";
    public const string Mappings = "mappings";
    public const string Pipelines = "pipelines";

    /// <summary>End of the name of a file with tests; such a file is no part of what runs.</summary>
    public const string TestEnding = ".test.yaml";

    /// <summary>Names directly under the folder that the hub knows; folders end in <c>/</c>.</summary>
    public static IReadOnlyList<string> TopNames { get; } =
    [
        HubFile, ChannelsFile, "environments/", "systems/", "contracts/", "layouts/", "lookups/", "mappings/", "pipelines/",
        "reconciliations/", "conversions/", "processes/", "samples/", "extensions/",
    ];

    /// <summary>Folders of the files that make the running configuration, with the endings that are read in each.</summary>
    internal static FrozenDictionary<string, string[]> Endings { get; } = new Dictionary<string, string[]>
    {
        [Environments] = [".yaml"],
        [Systems] = [".yaml"],
        [Contracts] = [".yaml", ".xsd", ".csv"],
        [Layouts] = [".yaml"],
        [Lookups] = [".yaml", ".csv"],
        [Mappings] = [".yaml"],
        [Pipelines] = [".yaml"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The files of one folder, without those of the folders inside it and without test files.</summary>
    internal static IEnumerable<ConfigurationFile> In(IConfigurationFiles files, string folder) =>
        from file in files.Files.Values
        where file.Path.StartsWith(folder + "/", StringComparison.Ordinal)
        where file.Path.IndexOf('/', folder.Length + 1) < 0 && !file.Path.EndsWith(TestEnding, StringComparison.Ordinal)
        where Endings[folder].Any(e => file.Path.EndsWith(e, StringComparison.Ordinal))
        select file;

    /// <summary>Where the tests of a mapping stand, beside those in its own file.</summary>
    internal static string TestFileOf(string mapping) => $"{Mappings}/{mapping}{TestEnding}";

    /// <summary>The file name without folder and ending.</summary>
    internal static string NameOf(string path) => System.IO.Path.GetFileNameWithoutExtension(path);
}
