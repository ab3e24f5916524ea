using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Mappings.Formats.Json;

/// <summary>
/// Writes compact UTF-8 JSON into a pooled buffer. Commas are its work; balance and names before values are its
/// caller's. Only what JSON requires is escaped: quote, backslash, and the characters below U+0020. One instance is
/// reused: <see cref="Clear"/> keeps the buffer.
/// </summary>
public sealed class Utf8JsonOutput : IDisposable
{
    /// <summary>What JSON cannot hold as it is. Readers mark texts without it, which are then copied between quotes.</summary>
    internal static readonly SearchValues<byte> Escaped = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private byte[] _buffer;
    private int _length;
    private bool _comma;

    public Utf8JsonOutput(int capacity = 1024) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    public int Length => _length;

    /// <summary>A place to come back to with <see cref="Rewind"/>, when a member turns out to be left out.</summary>
    public (int Length, bool Comma) Mark => (_length, _comma);

    public void Clear() => (_length, _comma) = (0, false);

    /// <summary>Forgets what was written since the mark.</summary>
    public void Rewind((int Length, bool Comma) mark) => (_length, _comma) = mark;

    public void StartObject() => Open((byte)'{');

    public void EndObject() => Close((byte)'}');

    public void StartArray() => Open((byte)'[');

    public void EndArray() => Close((byte)']');

    public void Name(JsonName name)
    {
        _length += name.CopyTo(ref MemoryMarshal.GetReference(Reserve(name.Room)), _comma);
        _comma = false;
    }

    /// <summary>A member whose text holds nothing that JSON escapes.</summary>
    public void VerbatimMember(JsonName name, ReadOnlySpan<byte> utf8)
    {
        var target = Reserve(name.Room + utf8.Length + 2);
        var at = name.CopyTo(ref MemoryMarshal.GetReference(target), _comma);
        target[at++] = (byte)'"';
        utf8.CopyTo(target[at..]);
        at += utf8.Length;
        target[at++] = (byte)'"';
        _length += at;
        _comma = true;
    }

    /// <summary>A member whose value is finished JSON, copied byte for byte.</summary>
    public void RawMember(JsonName name, ReadOnlySpan<byte> json)
    {
        var target = Reserve(name.Room + json.Length);
        var at = name.CopyTo(ref MemoryMarshal.GetReference(target), _comma);
        json.CopyTo(target[at..]);
        _length += at + json.Length;
        _comma = true;
    }

    /// <param name="utf8">The name, not escaped.</param>
    public void Name(ReadOnlySpan<byte> utf8)
    {
        Text(utf8);
        EndName();
    }

    /// <summary>A name given as UTF-16, not escaped.</summary>
    public void Name(ReadOnlySpan<char> name)
    {
        Text(name);
        EndName();
    }

    /// <param name="utf8">The name; must hold nothing that JSON escapes.</param>
    public void VerbatimName(ReadOnlySpan<byte> utf8)
    {
        VerbatimText(utf8);
        EndName();
    }

    /// <summary>A text that may need escapes.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOfAny(Escaped) < 0) VerbatimText(utf8);
        else EscapedText(utf8);
    }

    /// <summary>A text given as UTF-16; lone surrogates become the replacement character.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = ArrayPool<byte>.Shared.Rent(most);
        Text(utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8)));
        ArrayPool<byte>.Shared.Return(utf8);
    }

    /// <summary>A text that holds nothing that JSON escapes: copied as it is.</summary>
    public void VerbatimText(ReadOnlySpan<byte> utf8)
    {
        var target = Value(utf8.Length + 2);
        target[0] = (byte)'"';
        utf8.CopyTo(target[1..]);
        target[utf8.Length + 1] = (byte)'"';
        _length += utf8.Length + 2;
        _comma = true;
    }

    /// <summary>A finished JSON value (a number's digits, a document), copied byte for byte.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(BeginRaw(json.Length));
        EndRaw(json.Length);
    }

    /// <summary>Room for a finished JSON value of at most <paramref name="most"/> bytes; follow with <see cref="EndRaw"/>.</summary>
    public Span<byte> BeginRaw(int most) => Value(most);

    /// <summary>So many bytes of the room were written.</summary>
    public void EndRaw(int written)
    {
        _length += written;
        _comma = true;
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, BeginRaw(24), out var written);
        EndRaw(written);
    }

    /// <summary>Keeps the scale: 1.50m is written 1.50.</summary>
    public void Number(decimal value)
    {
        Utf8Formatter.TryFormat(value, BeginRaw(40), out var written);
        EndRaw(written);
    }

    /// <summary>Shortest digits that read back the same; the value must be finite.</summary>
    public void Number(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no such number.");
        value.TryFormat(BeginRaw(40), out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
        EndRaw(written);
    }

    public void Boolean(bool value) => Raw(value ? "true"u8 : "false"u8);

    public void Null() => Raw("null"u8);

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Clear();
    }

    private void EndName()
    {
        Reserve(1)[0] = (byte)':';
        _length++;
        _comma = false;
    }

    private void Open(byte bracket)
    {
        Value(1)[0] = bracket;
        _length++;
        _comma = false;
    }

    private void Close(byte bracket)
    {
        Reserve(1)[0] = bracket;
        _length++;
        _comma = true;
    }

    private void EscapedText(ReadOnlySpan<byte> utf8)
    {
        // Six bytes for each is the longest escape.
        var target = Value((utf8.Length * 6) + 2);
        var at = 0;
        target[at++] = (byte)'"';
        while (utf8.IndexOfAny(Escaped) is var stop && stop >= 0)
        {
            utf8[..stop].CopyTo(target[at..]);
            at += stop;
            at += Escape(utf8[stop], target[at..]);
            utf8 = utf8[(stop + 1)..];
        }

        utf8.CopyTo(target[at..]);
        at += utf8.Length;
        target[at++] = (byte)'"';
        _length += at;
        _comma = true;
    }

    private static int Escape(byte one, Span<byte> target)
    {
        var letter = one switch { (byte)'"' => '"', (byte)'\\' => '\\', (byte)'\b' => 'b', (byte)'\f' => 'f', (byte)'\n' => 'n', (byte)'\r' => 'r', (byte)'\t' => 't', _ => 'u' };
        target[0] = (byte)'\\';
        target[1] = (byte)letter;
        if (letter != 'u') return 2;
        target[2] = target[3] = (byte)'0';
        Utf8Formatter.TryFormat(one, target[4..], out _, new StandardFormat('X', 2));
        return 6;
    }

    /// <summary>Room for a value, its comma written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Value(int length)
    {
        var target = Reserve(length + 1);
        if (!_comma) return target;
        target[0] = (byte)',';
        _length++;
        return target[1..];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int length)
    {
        if (_buffer.Length - _length < length) Grow(length);
        return _buffer.AsSpan(_length);
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + length));
        Written.CopyTo(larger);
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
