using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Mappings.Documents;

namespace Mappings.Formats.Json;

/// <summary>
/// One pass over valid UTF-8 that writes the tape's nodes directly. No recursion, so depth costs no stack. Strings are
/// searched 16 bytes at a time; most names and values end within the first load.
/// </summary>
internal ref partial struct JsonScanner
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly ReaderOptions _options;
    private readonly TapeBuilder _builder;
    private readonly Tape _tape;
    private readonly int _maxUsed;
    private readonly int _plainDigits;
    private int[] _nodes;
    private int _used;
    private int _at;
    private int[] _open;
    private ulong[] _seen;
    private int _depth;
    private int _parent;
    private bool _inObject;
    private bool _single;

    public JsonScanner(ReadOnlySpan<byte> utf8, TapeBuilder builder, ReaderOptions options)
    {
        _text = utf8;
        _options = options;
        _builder = builder;
        _tape = builder.Build();
        _maxUsed = (int)Math.Min((long)options.MaxNodes * Tape.Stride, Array.MaxLength / 2);
        _nodes = _tape.Nodes;
        _plainDigits = Math.Min(19, options.MaxNumberDigits);
        _open = builder.OpenContainers;
        _seen = builder.SeenNames;
    }

    public JsonFault Fault { get; private set; }

    /// <summary>The offset after what was read.</summary>
    public readonly int Position => _at;

    /// <summary>True when the whole text was one JSON value; otherwise <see cref="Fault"/> says what it was not.</summary>
    public bool Scan()
    {
        if (_text.StartsWith("\uFEFF"u8)) _at = 3;
        var whole = Document();
        _tape.Used = _used;
        return whole;
    }

    /// <summary>True when the text begins with one JSON value; what follows it, from <see cref="Position"/>, is not looked at.</summary>
    public bool ScanOne()
    {
        _single = true;
        var whole = Document();
        _tape.Used = _used;
        return whole;
    }

    /// <summary>
    /// The loop keeps its place in locals; what is rare (escapes, brackets, long numbers, faults) goes through the fields.
    /// At its head a value is due, in an object a name before it.
    /// </summary>
    private bool Document()
    {
        ref var text = ref MemoryMarshal.GetReference(_text);
        var length = _text.Length;
        var at = _at;
        while (true)
        {
            if (_used + (2 * Tape.Stride) > _nodes.Length && !Grow()) return Fail(JsonFaultKind.Nodes, at);
            var next = Next(ref text, ref at, length);
            if (_inObject)
            {
                if (next != '"') return Fail(JsonFaultKind.Name, at);
                var name = _used;
                if (!Text(NodeKind.Name, ref text, ref at, length) || !IsNew(name)) return false;
                if (Next(ref text, ref at, length) != ':') return Fail(JsonFaultKind.Colon, at);
                at++;
                next = Next(ref text, ref at, length);
            }

            if (next == '"')
            {
                if (!Text(NodeKind.Text, ref text, ref at, length)) return false;
            }
            else if (char.IsAsciiDigit((char)next) || next == '-')
            {
                if (!Number(ref text, ref at, length)) return false;
            }
            else if (next is (byte)'{' or (byte)'[')
            {
                if (!Open(next == '{' ? NodeKind.Object : NodeKind.Array, at)) return false;
                at++;
                if (Next(ref text, ref at, length) != next + 2) continue;
                at++;
                if (!Close()) return false;
            }
            else if (!Literal(next, ref at)) return false;

            while (true)
            {
                if (_depth == 0) return AtEnd(SkipSpace(at), at);
                next = Next(ref text, ref at, length);
                if (next == ',')
                {
                    at++;
                    break;
                }

                if (next != (_inObject ? '}' : ']')) return Fail(JsonFaultKind.CommaOrEnd, at);
                at++;
                if (!Close()) return false;
            }
        }
    }

    private bool AtEnd(int next, int at)
    {
        _at = at;
        return _single || next == _text.Length || Fail(JsonFaultKind.End, next);
    }

    /// <summary>The next byte that is not white space, 0 at the end. Most documents are compact: looking for it is out of the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Next(ref byte text, ref int at, int length)
    {
        if (at < length && Unsafe.Add(ref text, at) > ' ') return Unsafe.Add(ref text, at);
        at = SkipSpace(at);
        return at < length ? Unsafe.Add(ref text, at) : (byte)0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly int SkipSpace(int at)
    {
        while (at < _text.Length && _text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Text(NodeKind kind, ref byte text, ref int at, int length)
    {
        var start = at + 1;
        var end = FindEnd(ref text, start, length);
        if (end < length && Unsafe.Add(ref text, end) == '"')
        {
            at = end + 1;
            Add(kind, 0, start, end - start);
            return true;
        }

        _at = at;
        if (!UnusualText(kind, end)) return false;
        at = _at;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool UnusualText(NodeKind kind, int end)
    {
        if (end >= _text.Length) return Fail(JsonFaultKind.Unterminated, _text.Length, _at);
        return _text[end] == '\\' ? Escaped(kind, _at + 1, end) : Fail(JsonFaultKind.Control, end);
    }

    private readonly int FindEnd(int at) => FindEnd(ref MemoryMarshal.GetReference(_text), at, _text.Length);

    /// <summary>The first quote, backslash or control character from <paramref name="at"/>; the text's length when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FindEnd(ref byte text, int at, int length)
    {
        while (at <= length - Vector128<byte>.Count)
        {
            var block = Vector128.LoadUnsafe(ref text, (nuint)at);
            var stops = Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                | Vector128.Equals(Vector128.Min(block, Vector128.Create((byte)0x1F)), block);
            var found = stops.ExtractMostSignificantBits();
            if (found != 0) return at + BitOperations.TrailingZeroCount(found);
            at += Vector128<byte>.Count;
        }

        while (at < length && Unsafe.Add(ref text, at) is not ((byte)'"' or (byte)'\\' or < (byte)' ')) at++;
        return Math.Min(at, length);
    }

    private bool Literal(byte first, ref int at)
    {
        var (kind, word) = first switch { (byte)'t' => (NodeKind.True, 4), (byte)'f' => (NodeKind.False, 5), (byte)'n' => (NodeKind.Null, 4), _ => (NodeKind.Null, 0) };
        if (word == 0) return Fail(JsonFaultKind.Value, at);
        var found = _text[at..];
        if (!(kind == NodeKind.True ? found.StartsWith("true"u8) : kind == NodeKind.False ? found.StartsWith("false"u8) : found.StartsWith("null"u8))) return Fail(JsonFaultKind.Literal, at);
        Add(kind, 0, at, word);
        at += word;
        return true;
    }

    private bool Open(NodeKind kind, int at)
    {
        if (_depth == _options.MaxDepth) return Fail(JsonFaultKind.Depth, at);
        if (_depth == _open.Length)
        {
            _builder.GrowStack();
            _open = _builder.OpenContainers;
            _seen = _builder.SeenNames;
        }

        _open[_depth] = _used;
        _seen[_depth] = 0;
        Add(kind, 0, at, 0);
        _parent = _open[_depth++];
        _inObject = kind == NodeKind.Object;
        return true;
    }

    private bool Close()
    {
        var container = _open[--_depth];
        _nodes[container + 3] = _used;
        if (container > 0 && (_nodes[container - Tape.Stride] & Tape.KindMask) == (int)NodeKind.Name) _nodes[container - 1] = _used;
        if (_inObject && _nodes[container + 2] > FewNames && !AllNew(container)) return false;
        if (_depth == 0) return true;
        _parent = _open[_depth - 1];
        _inObject = (_nodes[_parent] & Tape.KindMask) == (int)NodeKind.Object;
        return true;
    }

    /// <summary>There is room: the loop has seen to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(NodeKind kind, int flags, int start, int length)
    {
        var at = _used;
        var nodes = _nodes;
        var used = at + Tape.Stride;
        var node = nodes.AsSpan(at, Tape.Stride);
        node[0] = (int)kind | flags | (kind == NodeKind.Name ? Tape.PlaceOf(at - _parent) : 0);
        node[1] = start;
        node[2] = length;
        node[3] = used;
        _used = used;
        if (kind == NodeKind.Name || _depth == 0) return;
        nodes[_parent + 2]++;
        if (_inObject) nodes[at - 1] = used;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Grow()
    {
        if (_used + (2 * Tape.Stride) > _maxUsed) return false;
        Array.Resize(ref _tape.Nodes, Math.Min(_nodes.Length * 2, Math.Max(_maxUsed, _nodes.Length + (2 * Tape.Stride))));
        _nodes = _tape.Nodes;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Fail(JsonFaultKind kind, int offset, int other = -1)
    {
        if (other < 0 && kind != JsonFaultKind.Duplicate && offset >= _text.Length && _depth > 0) other = _nodes[_open[_depth - 1] + 1];
        Fault = new JsonFault(kind, offset, other, _inObject);
        return false;
    }
}
