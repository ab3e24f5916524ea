using Hub.Abstractions;
using Hub.Abstractions.Files;
using Mappings.Diagnostics;

namespace Connectors.File;

/// <summary>Says what a file system refused, without the exception's own text: that holds absolute paths.</summary>
internal static class FileFaults
{
    /// <summary>A failed write: all of them may pass, a full disk and missing rights included.</summary>
    /// <param name="file">Relative to the data folder.</param>
    public static TransientException Write(Exception error, string file) => new(
        FileReasons.IsFull(error)
            ? Finding.Error("DLV641", SourcePosition.WholeFile(file))
            : Finding.Error("DLV640", SourcePosition.WholeFile(file), "", ("reason", FileReasons.Of(error))),
        null,
        error);
}
