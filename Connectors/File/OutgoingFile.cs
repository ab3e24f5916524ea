using System.Security.Cryptography;
using Hub.Abstractions.Connectors;

namespace Connectors.File;

/// <summary>What becomes the content of a file: bytes in memory, or a large payload that is read block by block.</summary>
internal readonly struct OutgoingFile
{
    private const int Block = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ClaimedPayload? _claim;

    public OutgoingFile(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public OutgoingFile(ClaimedPayload claim) => _claim = claim;

    private long Length => _claim?.Reference.Length ?? _bytes.Length;

    /// <summary>Writes and flushes a file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async ValueTask WriteAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        if (_claim is null) await stream.WriteAsync(_bytes, cancellationToken);
        else
        {
            await using var claim = await _claim.OpenAsync(cancellationToken);
            await claim.CopyToAsync(stream, Block, cancellationToken);
        }

        stream.Flush(flushToDisk: true);
    }

    /// <summary>Whether a file that is there has this content.</summary>
    public async ValueTask<bool> IsSameAsync(string path, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length != Length) return false;
        if (_claim is null)
        {
            var there = await System.IO.File.ReadAllBytesAsync(path, cancellationToken);
            return _bytes.Span.SequenceEqual(there);
        }

        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Block, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) == _claim.Reference.Sha256;
    }
}
