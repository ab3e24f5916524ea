using Tests.Architecture;

namespace Tests.Commands;

/// <summary>A copy of the example company that a test may spoil.</summary>
internal sealed class CompanyCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-company-");

    public CompanyCopy()
    {
        foreach (var source in Directory.EnumerateFiles(Original, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(Original, source));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }
    }

    public static string Original { get; } = Path.Combine(Repository.Root, "config");

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Replaces a text that stands in the file.</summary>
    public CompanyCopy Change(string path, string old, string replacement)
    {
        var file = Path.Combine(Folder, path);
        var text = File.ReadAllText(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(old, replacement, StringComparison.Ordinal));
        return this;
    }

    public CompanyCopy Remove(string folder)
    {
        Directory.Delete(Path.Combine(Folder, folder), recursive: true);
        return this;
    }

    /// <summary>What was printed, with this folder as <c>CONFIG/</c>.</summary>
    public string Anonymous(string text) => text.Replace(Folder + Path.DirectorySeparatorChar, "CONFIG/", StringComparison.Ordinal);
}
