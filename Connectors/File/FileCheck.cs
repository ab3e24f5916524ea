using Hub.Abstractions.Connectors;
using Hub.Abstractions.Files;
using Mappings.Diagnostics;

namespace Connectors.File;

/// <summary>
/// Whether the folders of a system can be read and written. A folder that is not there yet is made when it is needed: then the
/// nearest one above it is tried.
/// </summary>
internal static class FileCheck
{
    /// <param name="folders">Full paths, with what they are called in findings.</param>
    public static SystemCheck Run(IEnumerable<(string Path, string Shown)> folders, Random random)
    {
        var findings = new List<Finding>();
        foreach (var (path, shown) in folders)
        {
            try
            {
                Try(Nearest(path), random);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                findings.Add(Finding.Error("HUB961", SourcePosition.WholeFile(shown), string.Empty, ("reason", FileReasons.Of(error))));
            }
        }

        return new SystemCheck(findings);
    }

    private static void Try(string folder, Random random)
    {
        _ = Directory.EnumerateFileSystemEntries(folder).Any();
        long name;
        lock (random) name = random.NextInt64();

        // Hidden, as the drafts of deliveries are: nobody takes it.
        using var file = new FileStream(
            Path.Combine(folder, $".check-{name:x}.part"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        file.WriteByte(0);
        file.Flush(flushToDisk: true);
    }

    private static string Nearest(string path)
    {
        var folder = path;
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { Length: > 0 } above)
        {
            if (System.IO.File.Exists(folder)) throw new DirectoryNotFoundException("A file is in the way.");
            folder = above;
        }

        return folder;
    }
}
