using System.Buffers;
using System.Data;
using Hub.Abstractions.Messages;
using Npgsql;

namespace Hub.Storage.PostgreSql.Claims;

/// <summary>Reads a claim piece by piece; holds no connection between two pieces.</summary>
internal sealed class PostgreSqlClaimStream(NpgsqlDataSource source, MessageId id, long length) : Stream
{
    private byte[]? _piece = ArrayPool<byte>.Shared.Rent(PostgreSqlClaimStore.Piece);
    private int _filled;
    private int _read;
    private int _number;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The database does not answer, or a piece is missing.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == length || buffer.IsEmpty) return 0;
        if (_read == _filled) await FillAsync(cancellationToken).ConfigureAwait(false);
        var count = Math.Min(buffer.Length, _filled - _read);
        _piece.AsMemory(_read, count).CopyTo(buffer);
        _read += count;
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _piece is { } piece)
        {
            _piece = null;
            ArrayPool<byte>.Shared.Return(piece);
        }

        base.Dispose(disposing);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_piece is null, this);
        try
        {
            var command = source.CreateCommand("SELECT bytes FROM claim_pieces WHERE claim = $1 AND number = $2");
            await using var used = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id.Value });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = _number });
            var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
            await using var read = reader.ConfigureAwait(false);
            if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) throw new IOException("a piece of the payload is missing");
            var bytes = await reader.GetStreamAsync(0, cancellationToken).ConfigureAwait(false);
            await using var open = bytes.ConfigureAwait(false);
            _filled = await bytes.ReadAtLeastAsync(_piece, _piece.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw new IOException(error.Message, error);
        }

        _read = 0;
        _number++;
    }
}
