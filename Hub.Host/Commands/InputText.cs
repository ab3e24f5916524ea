using Mappings.Diagnostics;

namespace Hub.Host.Commands;

/// <summary>The bytes a verb works on: a file, or standard input.</summary>
internal static class InputText
{
    /// <param name="file">The file; null or <c>-</c> for standard input.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The bytes and the name for positions.</returns>
    public static async Task<(byte[] Bytes, string Name)> ReadAsync(string? file, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        await using var input = Open(file);
        try
        {
            await input.CopyToAsync(all, cancellationToken);
            return (all.ToArray(), file is null or "-" ? "stdin" : file);
        }
        catch (IOException cause)
        {
            throw Unreadable(file ?? "stdin", cause);
        }
    }

    /// <param name="file">The file; null or <c>-</c> for standard input.</param>
    public static Stream Open(string? file)
    {
        if (file is null or "-") return Console.OpenStandardInput();
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableFileException(Finding.Error("HUB902", SourcePosition.WholeFile(file)), cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, cause);
        }
    }

    private static UnreadableFileException Unreadable(string file, Exception cause) =>
        new(Finding.Error("HUB901", SourcePosition.WholeFile(file), string.Empty, ("reason", cause.Message)), cause);

    private sealed class UnreadableFileException(Finding finding, Exception inner) : Hub.Abstractions.HubException(finding, inner);
}
