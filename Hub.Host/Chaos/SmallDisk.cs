using System.Diagnostics;

namespace Hub.Host.Chaos;

/// <summary>A small file system of its own, to be filled without harm to anybody else.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly bool _mounted;

    private SmallDisk(string folder, bool mounted)
    {
        Folder = folder;
        _mounted = mounted;
    }

    public string Folder { get; }

    /// <summary>The given folder, or a memory disk of 24 MB where this process may mount one.</summary>
    /// <param name="given">A folder on a small disk; null for none.</param>
    /// <param name="mountPoint">Made, and mounted on.</param>
    /// <returns>Null when there is none and none can be made.</returns>
    public static async Task<SmallDisk?> OpenAsync(string? given, string mountPoint)
    {
        if (given is not null) return new SmallDisk(Path.GetFullPath(given), mounted: false);
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return null;
        Directory.CreateDirectory(mountPoint);
        return await RunAsync("mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", mountPoint) == 0 ? new SmallDisk(mountPoint, mounted: true) : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_mounted) await RunAsync("umount", "--lazy", Folder);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such program: then there is no small disk either.
            return -1;
        }
    }
}
