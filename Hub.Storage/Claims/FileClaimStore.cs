using Hub.Abstractions.Files;
using Hub.Abstractions.Messages;
using Hub.Core.Claims;

namespace Hub.Storage.Claims;

/// <summary>Claims as files of one folder, named by their ids: written under another name, flushed, then renamed. One hub to a folder.</summary>
public sealed class FileClaimStore(string folder) : IClaimStore
{
    internal const string Draft = ".part";

    private const int ReadBlock = 64 * 1024;

    /// <inheritdoc />
    public Task OpenAsync(CancellationToken cancellationToken) => Try(() =>
    {
        Directory.CreateDirectory(folder);
        foreach (var left in Directory.EnumerateFiles(folder, "*" + Draft)) File.Delete(left);
        return Task.CompletedTask;
    });

    /// <inheritdoc />
    public ValueTask<IClaimWriter> BeginAsync(MessageId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IClaimWriter>(Try(() => new FileClaimWriter(folder, Path.Combine(folder, id.ToString()))));

    /// <inheritdoc />
    public ValueTask<Stream?> ReadAsync(MessageId id, CancellationToken cancellationToken)
    {
        try
        {
            return ValueTask.FromResult<Stream?>(new FileStream(
                Path.Combine(folder, id.ToString()), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, ReadBlock, FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<Stream?>(null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ClaimException(FileReasons.Of(error), error);
        }
    }

    /// <inheritdoc />
    public ValueTask DeleteAsync(MessageId id, CancellationToken cancellationToken) => Try(() =>
    {
        var path = Path.Combine(folder, id.ToString());
        if (File.Exists(path)) File.Delete(path);
        return ValueTask.CompletedTask;
    });

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<MessageId>> ListAsync(MessageId after, int limit, CancellationToken cancellationToken) => Try(() =>
    {
        var ids = new List<MessageId>();
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (MessageId.TryParse(Path.GetFileName(file), out var id) && id > after) ids.Add(id);
        }

        ids.Sort();
        return ValueTask.FromResult<IReadOnlyList<MessageId>>(ids.Count > limit ? ids[..limit] : ids);
    });

    private static T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ClaimException(FileReasons.Of(error), error);
        }
    }
}
