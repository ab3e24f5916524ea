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
        if (file is null or "-")
        {
            using var all = new MemoryStream();
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(all, cancellationToken);
            return (all.ToArray(), "stdin");
        }

        try
        {
            return (await File.ReadAllBytesAsync(file, cancellationToken), file);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableFileException(Finding.Error("HUB902", SourcePosition.WholeFile(file)), cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException(Finding.Error("HUB901", SourcePosition.WholeFile(file), string.Empty, ("reason", cause.Message)), cause);
        }
    }

    private sealed class UnreadableFileException(Finding finding, Exception inner) : Hub.Abstractions.HubException(finding, inner);
}
