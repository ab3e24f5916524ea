namespace Tests.Formats;

/// <summary>A file too large to hold, made while it is read: a beginning, the same piece again and again, an end. The format benchmark reads it too.</summary>
internal sealed class RepeatingStream(byte[] head, byte[] piece, long times, byte[]? end = null) : Stream
{
    private readonly byte[] _end = end ?? [];
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => Behind + _end.Length;

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    private long Behind => head.Length + (piece.Length * times);

    public override int Read(byte[] buffer, int offset, int count)
    {
        var done = 0;
        while (done < count && _at < Length)
        {
            var source = _at < head.Length ? head.AsSpan((int)_at)
                : _at < Behind ? piece.AsSpan((int)((_at - head.Length) % piece.Length))
                : _end.AsSpan((int)(_at - Behind));
            var length = Math.Min(count - done, source.Length);
            source[..length].CopyTo(buffer.AsSpan(offset + done));
            done += length;
            _at += length;
        }

        return done;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
