using Mappings.Diagnostics;
using Mappings.Testing;

namespace Hub.Core.Configuration;

/// <summary>The sample files of a configuration folder on disk. Like the configuration itself, nothing outside the folder is read.</summary>
/// <param name="folder">The configuration folder.</param>
public sealed class SampleFolder(string folder) : ISampleFiles
{
    /// <summary>Largest file, in bytes: a test reads one record of it.</summary>
    public const int FileBytes = 64 * 1024 * 1024;

    public byte[]? Read(string path, SourcePosition at, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        try
        {
            var root = new DirectoryInfo(Path.GetFullPath(folder));
            var file = new FileInfo(Path.GetFullPath(path, root.FullName));
            var isInside = file.FullName.StartsWith(root.FullName.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
            if (!isInside || (file.Exists && ConfigurationDirectory.Leaves(root, file))) findings.Error("TST535", at, string.Empty, ("file", path));
            else if (!file.Exists) findings.Error("TST530", at, string.Empty, ("file", path));
            else if (file.Length > FileBytes) findings.Error("TST534", at, string.Empty, ("file", path), ("limit", "64 MB"));
            else return File.ReadAllBytes(file.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Error("TST536", at, string.Empty, ("file", path), ("reason", error.Message));
        }

        return null;
    }
}
