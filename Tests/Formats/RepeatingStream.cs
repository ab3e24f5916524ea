namespace Tests.Formats;

/// <summary>A file too large to hold: a beginning, then the same piece again and again.</summary>
internal sealed class RepeatingStream(byte[] head, byte[] piece, int times) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => head.Length + ((long)piece.Length * times);

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var done = 0;
        while (done < count && _at < Length)
        {
            var source = _at < head.Length ? head.AsSpan((int)_at) : piece.AsSpan((int)((_at - head.Length) % piece.Length));
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
