using Mappings.Diagnostics;

namespace Hub.Core.Configuration;

/// <summary>
/// Reads a configuration folder from disk. Hidden files and editor leftovers (<c>x~</c>) are passed over; links that
/// lead out of the folder, files above a limit and files that cannot be read are findings.
/// </summary>
public static class ConfigurationDirectory
{
    /// <summary>Largest file that is read, in bytes: a code table may be larger than a YAML file.</summary>
    public const int FileBytes = 16 * 1024 * 1024;

    /// <summary>Most files in a configuration.</summary>
    public const int FileCount = 5_000;

    public static ConfigurationSnapshot Read(string folder)
    {
        var root = new DirectoryInfo(Path.GetFullPath(folder));
        if (!root.Exists) return new ConfigurationSnapshot(folder, exists: false, []);
        var findings = new Findings();
        var files = new List<ConfigurationFile>();
        var top = new List<string>();
        foreach (var entry in Entries(root, string.Empty, findings))
        {
            top.Add(entry is DirectoryInfo ? entry.Name + "/" : entry.Name);
            if (entry is FileInfo file) Add(root, file, file.Name, files, findings);
            else if (ConfigurationLayout.Endings.ContainsKey(entry.Name))
            {
                foreach (var inner in Entries((DirectoryInfo)entry, entry.Name, findings).OfType<FileInfo>())
                    Add(root, inner, $"{entry.Name}/{inner.Name}", files, findings);
            }
        }

        return new ConfigurationSnapshot(folder, exists: true, files, top, findings.Sorted());
    }

    private static List<FileSystemInfo> Entries(DirectoryInfo folder, string path, Findings findings)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos().Where(e => e.Name[0] != '.' && !e.Name.EndsWith('~')).OrderBy(e => e.Name, StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Error("CFG215", SourcePosition.WholeFile(path.Length == 0 ? folder.Name : path), "", ("reason", error.Message));
            return [];
        }
    }

    private static void Add(DirectoryInfo root, FileInfo file, string path, List<ConfigurationFile> files, Findings findings)
    {
        var at = SourcePosition.WholeFile(path);
        if (files.Count >= FileCount)
        {
            if (files.Count == FileCount && !findings.Any(f => f.Code == "CFG217")) findings.Error("CFG217", at, "", ("limit", "5,000"));
            return;
        }

        try
        {
            if (Leaves(root, file))
            {
                findings.Error("CFG218", at);
                return;
            }

            using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > FileBytes)
            {
                findings.Error("CFG216", at, "", ("limit", "16 MB"));
                return;
            }

            var content = new byte[stream.Length];
            var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            files.Add(new ConfigurationFile(path, content.AsMemory(0, length)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Error("CFG215", at, "", ("reason", error.Message));
        }
    }

    /// <summary>Mounted secrets and config maps are links inside the folder; a link to elsewhere would read what is not configuration.</summary>
    internal static bool Leaves(DirectoryInfo root, FileInfo file)
    {
        var inner = Path.Combine(Real(root), Path.GetRelativePath(root.FullName, file.FullName));
        var target = RealPath(inner);
        return !target.StartsWith(Real(root).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static string Real(DirectoryInfo folder) => RealPath(folder.FullName);

    /// <summary>The path with every link in it followed.</summary>
    private static string RealPath(string path)
    {
        var current = Path.GetPathRoot(path)!;
        foreach (var part in path[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            current = Path.Combine(current, part);
            FileSystemInfo info = Directory.Exists(current) ? new DirectoryInfo(current) : new FileInfo(current);
            if (info.ResolveLinkTarget(returnFinalTarget: true) is { } target) current = RealPath(target.FullName);
        }

        return current;
    }
}
