using System.Buffers;
using System.Text;

namespace Mappings.Expressions;

/// <summary>
/// A minimal JSON writer: no state, no indentation, no checks; its caller writes brackets and commas. It exists because
/// copied numbers and texts must keep their bytes. Call <see cref="Flush"/> (or dispose) before the buffer is read.
/// </summary>
public sealed class JsonOutput(IBufferWriter<byte> target) : IDisposable
{
    private const int Chunk = 4096;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Chunk);
    private int _used;

    /// <summary>Bytes that are JSON already.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        if (json.Length > _buffer.Length - _used)
        {
            Flush();
            if (json.Length > _buffer.Length)
            {
                target.Write(json);
                return;
            }
        }

        json.CopyTo(_buffer.AsSpan(_used));
        _used += json.Length;
    }

    public void Raw(byte one)
    {
        if (_used == _buffer.Length) Flush();
        _buffer[_used++] = one;
    }

    /// <summary>A text with its quotes; escapes what JSON wants escaped and nothing else.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Raw((byte)'"');
        Escaped(utf8);
        Raw((byte)'"');
    }

    public void Text(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[384];
        Raw((byte)'"');
        while (!text.IsEmpty)
        {
            var part = Math.Min(text.Length, 128);
            if (part < text.Length && char.IsHighSurrogate(text[part - 1])) part--;
            Escaped(bytes[..Encoding.UTF8.GetBytes(text[..part], bytes)]);
            text = text[part..];
        }

        Raw((byte)'"');
    }

    /// <summary>Space for at most <paramref name="size"/> bytes (up to 4,096); follow with <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int size)
    {
        if (size > _buffer.Length - _used) Flush();
        return _buffer.AsSpan(_used, size);
    }

    public void Advance(int written) => _used += written;

    public void Flush()
    {
        if (_used > 0) target.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        Flush();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Escaped(ReadOnlySpan<byte> utf8)
    {
        while (true)
        {
            var special = NextSpecial(utf8);
            if (special < 0)
            {
                Raw(utf8);
                return;
            }

            Raw(utf8[..special]);
            Escape(utf8[special]);
            utf8 = utf8[(special + 1)..];
        }
    }

    private static int NextSpecial(ReadOnlySpan<byte> utf8)
    {
        var special = utf8.IndexOfAny((byte)'"', (byte)'\\');
        var control = utf8.IndexOfAnyInRange((byte)0, (byte)0x1F);
        return special < 0 ? control : control < 0 ? special : Math.Min(special, control);
    }

    private void Escape(byte c)
    {
        switch (c)
        {
            case (byte)'"': Raw("\\\""u8); break;
            case (byte)'\\': Raw("\\\\"u8); break;
            case (byte)'\n': Raw("\\n"u8); break;
            case (byte)'\r': Raw("\\r"u8); break;
            case (byte)'\t': Raw("\\t"u8); break;
            case (byte)'\b': Raw("\\b"u8); break;
            case (byte)'\f': Raw("\\f"u8); break;
            default:
                Raw("\\u00"u8);
                Raw((byte)"0123456789abcdef"[c >> 4]);
                Raw((byte)"0123456789abcdef"[c & 15]);
                break;
        }
    }
}
