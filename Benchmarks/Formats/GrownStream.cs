namespace Benchmarks.Formats;

/// <summary>A file that is made while it is read: a beginning, a piece again and again, an end.</summary>
internal sealed class GrownStream(byte[] head, byte[] piece, byte[] end, long times) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => head.Length + (piece.Length * times) + end.Length;

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var done = 0;
        while (done < count && _at < Length)
        {
            var behind = head.Length + (piece.Length * times);
            var source = _at < head.Length ? head.AsSpan((int)_at) : _at < behind ? piece.AsSpan((int)((_at - head.Length) % piece.Length)) : end.AsSpan((int)(_at - behind));
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
