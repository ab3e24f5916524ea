using System.Globalization;
using System.Runtime.InteropServices;
using Hub.Abstractions;
using Mappings.Diagnostics;

namespace Connectors.File;

/// <summary>Says what a file system refused, without the exception's own text: that holds absolute paths.</summary>
internal static class FileFaults
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>A failed write: all of them may pass, a full disk and missing rights included.</summary>
    /// <param name="file">Relative to the data folder.</param>
    public static TransientException Write(Exception error, string file) => new(
        IsFull(error)
            ? Finding.Error("DLV641", SourcePosition.WholeFile(file))
            : Finding.Error("DLV640", SourcePosition.WholeFile(file), "", ("reason", Reason(error))),
        null,
        error);

    public static bool IsFull(Exception error) =>
        error is IOException && (error.HResult is WindowsDiskFull or WindowsHandleDiskFull || (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && error.HResult is NoSpace or OverQuota));

    public static string Reason(Exception error) => error switch
    {
        _ when IsFull(error) => "no space left",
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException => "folder not found",
        FileNotFoundException => "file not found",
        PathTooLongException => "name too long",
        _ => string.Create(CultureInfo.InvariantCulture, $"input/output error {error.HResult}"),
    };
}
