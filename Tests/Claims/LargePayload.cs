using System.Security.Cryptography;

namespace Tests.Claims;

/// <summary>A payload made as it is read: the test holds no more of it than the hub does.</summary>
internal sealed class LargePayload : Stream
{
    private readonly Random _random;
    private readonly long _length;
    private long _left;

    public LargePayload(long length, int seed)
    {
        _random = new Random(seed);
        _length = _left = length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _length - _left;
        set => throw new NotSupportedException();
    }

    public static string Sha256(long length, int seed)
    {
        using var payload = new LargePayload(length, seed);
        return Convert.ToHexStringLower(SHA256.HashData(payload));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>In blocks of one size, so that chance does not depend on how it is read.</summary>
    public override int Read(Span<byte> buffer)
    {
        const int block = 4096;
        var most = (int)Math.Min(_left, buffer.Length);
        var count = most >= block ? most - (most % block) : (int)Math.Min(_left, most);
        if (count < block && _left > count) throw new InvalidOperationException("Read in blocks of 4096 bytes and more.");
        for (var at = 0; at < count; at += block) _random.NextBytes(buffer[at..Math.Min(at + block, count)]);
        _left -= count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
