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
    private int[] _nodes;
    private int _used;
    private int _at;
    private int[] _open;
    private ulong[] _seen;
    private int _depth;
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

    private bool Document()
    {
        while (true)
        {
            switch (Peek())
            {
                case (byte)'"':
                    if (!Text(NodeKind.Text)) return false;
                    break;
                case (byte)'{':
                    if (!Open(NodeKind.Object)) return false;
                    if (Peek() != '}')
                    {
                        if (!Name()) return false;
                        continue;
                    }

                    _at++;
                    if (!Close()) return false;
                    break;
                case (byte)'[':
                    if (!Open(NodeKind.Array)) return false;
                    if (Peek() != ']') continue;
                    _at++;
                    if (!Close()) return false;
                    break;
                case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                    if (!Number()) return false;
                    break;
                case (byte)'t':
                    if (!Literal(NodeKind.True, "true"u8)) return false;
                    break;
                case (byte)'f':
                    if (!Literal(NodeKind.False, "false"u8)) return false;
                    break;
                case (byte)'n':
                    if (!Literal(NodeKind.Null, "null"u8)) return false;
                    break;
                default:
                    return Fail(JsonFaultKind.Value, _at);
            }

            while (true)
            {
                if (_depth == 0) return _single || (Peek() == 0 && _at >= _text.Length) || Fail(JsonFaultKind.End, _at);
                var next = Peek();
                if (next == ',')
                {
                    _at++;
                    if (_inObject && !Name()) return false;
                    break;
                }

                if (next != (_inObject ? '}' : ']')) return Fail(JsonFaultKind.CommaOrEnd, _at);
                _at++;
                if (!Close()) return false;
            }
        }
    }

    /// <summary>The next byte that is not white space; 0 at the end (a zero byte is no JSON either).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Peek()
    {
        var at = _at;
        var text = _text;
        while ((uint)at < (uint)text.Length)
        {
            var next = text[at];
            if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t'))
            {
                _at = at;
                return next;
            }

            at++;
        }

        _at = at;
        return 0;
    }

    private bool Name()
    {
        if (Peek() != '"') return Fail(JsonFaultKind.Name, _at);
        var node = _used;
        if (!Text(NodeKind.Name)) return false;
        if (!IsNew(node)) return false;
        if (Peek() != ':') return Fail(JsonFaultKind.Colon, _at);
        _at++;
        return true;
    }

    private bool Text(NodeKind kind)
    {
        var start = _at + 1;
        var end = FindEnd(start);
        if ((uint)end >= (uint)_text.Length) return Fail(JsonFaultKind.Unterminated, _text.Length, _at);
        if (_text[end] == '"')
        {
            _at = end + 1;
            return Add((int)kind, start, end - start);
        }

        return _text[end] == '\\' ? Escaped(kind, start, end) : Fail(JsonFaultKind.Control, end);
    }

    /// <summary>The first quote, backslash or control character from <paramref name="at"/>; the text's length when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int FindEnd(int at)
    {
        ref var text = ref MemoryMarshal.GetReference(_text);
        var length = _text.Length;
        while (at <= length - Vector128<byte>.Count)
        {
            var block = Vector128.LoadUnsafe(ref text, (nuint)at);
            var stops = Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(block, Vector128.Create((byte)' '));
            if (stops != Vector128<byte>.Zero) return at + System.Numerics.BitOperations.TrailingZeroCount(stops.ExtractMostSignificantBits());
            at += Vector128<byte>.Count;
        }

        while (at < length)
        {
            var next = Unsafe.Add(ref text, at);
            if (next is (byte)'"' or (byte)'\\' or < (byte)' ') return at;
            at++;
        }

        return length;
    }

    private bool Literal(NodeKind kind, ReadOnlySpan<byte> word)
    {
        if (!_text[_at..].StartsWith(word)) return Fail(JsonFaultKind.Literal, _at);
        var start = _at;
        _at += word.Length;
        return Add((int)kind, start, word.Length);
    }

    private bool Open(NodeKind kind)
    {
        if (_depth == _options.MaxDepth) return Fail(JsonFaultKind.Depth, _at);
        if (_depth == _open.Length)
        {
            _builder.GrowStack();
            _open = _builder.OpenContainers;
            _seen = _builder.SeenNames;
        }

        _open[_depth] = _used;
        _seen[_depth] = 0;
        if (!Add((int)kind, _at, 0)) return false;
        _depth++;
        _inObject = kind == NodeKind.Object;
        _at++;
        return true;
    }

    private bool Close()
    {
        var container = _open[--_depth];
        _nodes[container + 3] = _used;
        if (container > 0 && (_nodes[container - Tape.Stride] & Tape.KindMask) == (int)NodeKind.Name) _nodes[container - 1] = _used;
        if (_inObject && _nodes[container + 2] > FewNames && !AllNew(container)) return false;
        _inObject = _depth > 0 && (_nodes[_open[_depth - 1]] & Tape.KindMask) == (int)NodeKind.Object;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Add(int kind, int start, int length)
    {
        var at = _used;
        var nodes = _nodes;
        if (at + Tape.Stride > nodes.Length)
        {
            if (!Grow()) return Fail(JsonFaultKind.Nodes, start);
            nodes = _nodes;
        }

        nodes[at] = kind;
        nodes[at + 1] = start;
        nodes[at + 2] = length;
        var used = at + Tape.Stride;
        nodes[at + 3] = used;
        _used = used;
        if ((kind & Tape.KindMask) != (int)NodeKind.Name && _depth > 0)
        {
            nodes[_open[_depth - 1] + 2]++;
            if (_inObject) nodes[at - 1] = used;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Grow()
    {
        if (_used + Tape.Stride > _maxUsed) return false;
        Array.Resize(ref _tape.Nodes, Math.Min(_nodes.Length * 2, Math.Max(_maxUsed, _nodes.Length + Tape.Stride)));
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
