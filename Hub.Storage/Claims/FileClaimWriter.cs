using Hub.Abstractions.Files;
using Hub.Core.Claims;

namespace Hub.Storage.Claims;

/// <summary>Writes one file that takes its name when it is whole and flushed.</summary>
internal sealed class FileClaimWriter : IClaimWriter
{
    private readonly string _folder;
    private readonly string _path;
    private readonly FileStream _file;
    private bool _completed;

    /// <exception cref="IOException">The file cannot be made.</exception>
    public FileClaimWriter(string folder, string path)
    {
        _folder = folder;
        _path = path;
        _file = new FileStream(path + FileClaimStore.Draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ClaimException(FileReasons.Of(error), error);
        }
    }

    public ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            _file.Flush(flushToDisk: true);
            File.Move(_file.Name, _path, overwrite: false);
            FolderSync.Flush(_folder);
            _completed = true;
            return ValueTask.CompletedTask;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ClaimException(FileReasons.Of(error), error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _file.DisposeAsync().ConfigureAwait(false);
            if (!_completed) File.Delete(_file.Name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A draft that cannot be removed now goes at the next start; nobody takes it for a claim.
            _completed = false;
        }
    }
}
