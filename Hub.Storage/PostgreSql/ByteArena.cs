using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Hub.Storage.PostgreSql;

/// <summary>Where the values of a group are put together; a value is valid until the next group begins.</summary>
internal sealed class ByteArena : IBufferWriter<byte>
{
    private const int Block = 64 * 1024;

    private byte[] _block = new byte[Block];
    private int _begun;
    private int _end;

    /// <summary>Takes back all values.</summary>
    internal void Reset()
    {
        if (_block.Length > 16 * Block) _block = new byte[Block];
        _begun = _end = 0;
    }

    /// <summary>Ends a value and begins the next.</summary>
    internal ReadOnlyMemory<byte> Take()
    {
        var value = _block.AsMemory(_begun, _end - _begun);
        _begun = _end;
        return value;
    }

    internal ReadOnlyMemory<byte> Utf8(string text)
    {
        _end += Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));
        return Take();
    }

    internal void Byte(byte value)
    {
        GetSpan(1)[0] = value;
        _end++;
    }

    internal void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(GetSpan(sizeof(int)), value);
        _end += sizeof(int);
    }

    internal void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(GetSpan(sizeof(long)), value);
        _end += sizeof(long);
    }

    /// <summary>Text as UTF-8 with its length before it.</summary>
    internal void Text(string text)
    {
        var at = GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, at[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(at, length);
        _end += sizeof(int) + length;
    }

    /// <summary>Bytes with their length before them.</summary>
    internal void Bytes(ReadOnlySpan<byte> bytes)
    {
        Int32(bytes.Length);
        bytes.CopyTo(GetSpan(bytes.Length));
        _end += bytes.Length;
    }

    public void Advance(int count) => _end += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _block.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return _block.AsSpan(_end);
    }

    /// <summary>Values that were taken stay in the block they are in; the one that is begun moves into the new one.</summary>
    private void Grow(int more)
    {
        if (_end + Math.Max(more, 1) <= _block.Length) return;
        var begun = _end - _begun;
        var block = new byte[Math.Max(Math.Max(Block, 2 * _block.Length), (2 * begun) + more)];
        _block.AsSpan(_begun, begun).CopyTo(block);
        (_block, _begun, _end) = (block, 0, begun);
    }
}
