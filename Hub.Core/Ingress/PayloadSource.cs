using Hub.Abstractions.Ingress;
using Mappings.Formats;

namespace Hub.Core.Ingress;

/// <summary>The bytes of a payload, to be read more than once: what cannot go back is put into a file of the data folder first.</summary>
internal sealed class PayloadSource : IAsyncDisposable
{
    private const int Block = 64 * 1024;
    private const string Ending = ".spooled";

    private readonly IncomingPayload _payload;
    private readonly Stream? _stream;
    private readonly FileStream? _spooled;
    private readonly long _start;

    private PayloadSource(IncomingPayload payload, Stream? stream, FileStream? spooled)
    {
        _payload = payload;
        _stream = stream;
        _spooled = spooled;
        _start = stream?.Position ?? 0;
    }

    public static async ValueTask<PayloadSource> OfAsync(IncomingPayload payload, bool isReadTwice, string folder, CancellationToken cancellationToken)
    {
        if (payload.Stream is not { } stream || !isReadTwice || stream.CanSeek) return new PayloadSource(payload, payload.Stream, null);
        Directory.CreateDirectory(folder);
        var spooled = new FileStream(
            Path.Combine(folder, Path.GetRandomFileName() + Ending), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, Block, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            await stream.CopyToAsync(spooled, Block, cancellationToken).ConfigureAwait(false);
            spooled.Position = 0;
            return new PayloadSource(payload, spooled, spooled);
        }
        catch
        {
            await spooled.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What a crash left there.</summary>
    public static void Clean(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var left in Directory.EnumerateFiles(folder, "*" + Ending)) File.Delete(left);
    }

    /// <summary>A reader from the begin; it does not close the bytes.</summary>
    public IRecordReader Open(FormatOptions options)
    {
        if (_stream is null) return FormatReader.Open(_payload.Body, options);
        if (_stream.CanSeek) _stream.Position = _start;
        return FormatReader.Open(new UnclosedStream(_stream), options);
    }

    /// <summary>All bytes, when they are not more than a limit; else none.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> BytesAsync(long limit, CancellationToken cancellationToken)
    {
        if (_stream is null) return _payload.Body.Length <= limit ? _payload.Body : default;
        if (!_stream.CanSeek || _stream.Length - _start > limit) return default;
        var bytes = new byte[_stream.Length - _start];
        _stream.Position = _start;
        await _stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        if (_payload.Stream is { } stream) await stream.DisposeAsync().ConfigureAwait(false);
        if (_spooled is not null) await _spooled.DisposeAsync().ConfigureAwait(false);
    }
}
