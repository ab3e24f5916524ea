using System.Globalization;
using System.Runtime.InteropServices;

namespace Hub.Abstractions.Files;

/// <summary>Says what a file system refused, without the exception's own text: that holds absolute paths.</summary>
public static class FileReasons
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>The disk or the quota is full.</summary>
    public static bool IsFull(Exception error) =>
        error is IOException && (error.HResult is WindowsDiskFull or WindowsHandleDiskFull || (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && error.HResult is NoSpace or OverQuota));

    /// <summary>A few words, such as <c>no space left</c>.</summary>
    public static string Of(Exception error) => error switch
    {
        _ when IsFull(error) => "no space left",
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException => "folder not found",
        FileNotFoundException => "file not found",
        PathTooLongException => "name too long",
        _ => string.Create(CultureInfo.InvariantCulture, $"input/output error {error.HResult}"),
    };
}
