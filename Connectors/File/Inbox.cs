using System.Globalization;
using System.Text;

namespace Connectors.File;

/// <summary>
/// A folder that files are taken from, and where they stand: in the folder itself (not ours yet), in <c>.claimed/</c>
/// (being taken in), in <c>.done/</c> or in <c>.failed/</c>. Every step is one rename inside one file system, so a crash
/// leaves a file in exactly one of them.
/// </summary>
internal sealed class Inbox
{
    private readonly string _folder;
    private readonly string _claimed;
    private readonly string _done;
    private readonly string _failed;
    private readonly TimeProvider _clock;

    public Inbox(string folder, TimeProvider clock)
    {
        _folder = folder;
        _claimed = Path.Combine(folder, ".claimed");
        _done = Path.Combine(folder, ".done");
        _failed = Path.Combine(folder, ".failed");
        _clock = clock;
    }

    public void Create()
    {
        foreach (var folder in new[] { _claimed, _done, _failed }) Directory.CreateDirectory(folder);
    }

    /// <summary>The files that match, by name; sub-folders are not entered.</summary>
    public IEnumerable<(string Name, long Length, DateTime LastWrite)> Look(string pattern) =>
        new DirectoryInfo(_folder).EnumerateFiles()
            .Where(f => FilePattern.Takes(pattern, f.Name))
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => (f.Name, Length(f), f.LastWriteTimeUtc));

    /// <summary>The files that were claimed and not moved on, by name.</summary>
    public IReadOnlyList<string> Claimed() =>
        [.. new DirectoryInfo(_claimed).EnumerateFiles().Select(f => f.Name).Order(StringComparer.Ordinal)];

    /// <summary>Makes a file the hub's.</summary>
    /// <returns>False when it is gone, or a file of that name is claimed already.</returns>
    public bool TryClaim(string name)
    {
        var claimed = InClaimed(name);
        if (System.IO.File.Exists(claimed)) return false;
        try
        {
            System.IO.File.Move(Path.Combine(_folder, name), claimed, overwrite: false);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Its writer, or another reader, was faster.
            return false;
        }
    }

    public FileInfo Claim(string name) => new(InClaimed(name));

    public void Done(string name) => MoveOn(name, Free(_done, name));

    /// <summary>The reasons are written first, so that a failed file never stands without them.</summary>
    public void Failed(string name, IEnumerable<string> reasons)
    {
        var target = Free(_failed, name);
        System.IO.File.WriteAllLines(target + ".error.txt", reasons, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        MoveOn(name, target);
    }

    private string InClaimed(string name) => Path.Combine(_claimed, name);

    private void MoveOn(string name, string target) => System.IO.File.Move(InClaimed(name), target, overwrite: false);

    /// <summary>The name itself, or with the time and a number when it was used before.</summary>
    private string Free(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!Path.Exists(path)) return path;
        var time = _clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var stem = Path.GetFileNameWithoutExtension(name);
        for (var number = 1; ; number++)
        {
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{stem}.{time}-{number}{Path.GetExtension(name)}"));
            if (!Path.Exists(path)) return path;
        }
    }

    /// <summary>A symbolic link that leads nowhere has no length.</summary>
    private static long Length(FileInfo file) => file.LinkTarget is null ? file.Length : 0;
}
