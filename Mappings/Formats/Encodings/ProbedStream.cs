namespace Mappings.Formats.Encodings;

/// <summary>A stream whose beginning was read already.</summary>
internal sealed class ProbedStream(ReadOnlyMemory<byte> probe, Stream rest) : Stream
{
    private ReadOnlyMemory<byte> _probe = probe;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_probe.IsEmpty) return rest.Read(buffer, offset, count);
        var length = Math.Min(count, _probe.Length);
        _probe.Span[..length].CopyTo(buffer.AsSpan(offset));
        _probe = _probe[length..];
        if (_probe.IsEmpty) _probe = default;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) rest.Dispose();
        base.Dispose(disposing);
    }
}
