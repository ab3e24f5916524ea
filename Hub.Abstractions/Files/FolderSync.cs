using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Hub.Abstractions.Files;

/// <summary>Makes a rename survive a power cut: POSIX keeps it in the folder, which has to be flushed by itself.</summary>
public static class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Does nothing on Windows, where the file system journals renames, and where a folder cannot be flushed.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
        if (!handle.IsInvalid) RandomAccess.FlushToDisk(handle);
    }

    // .NET refuses to open a folder as a file.
    [DllImport("libc", EntryPoint = "open", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
