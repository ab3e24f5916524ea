using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Mappings.Documents;

/// <summary>
/// Writes a <see cref="Tape"/>, node by node. Every reader (JSON, XML, CSV, fixed width) drives this one builder; it
/// trusts its caller to balance containers and to put a name before each value of an object.
/// </summary>
public sealed class TapeBuilder
{
    /// <summary>A tape that grew beyond this for one giant record gives the memory back at the next (ints: 4 MB).</summary>
    private const int KeptNodes = 1 << 20;

    /// <summary>The same for decoded text, in bytes.</summary>
    private const int KeptSide = 4 << 20;

    private readonly Tape _tape = new();
    private int[] _open = new int[32];
    private ulong[] _seen = new ulong[32];
    private int _depth;
    private bool _hasPositions;
    private int _line;
    private int _column;

    /// <summary>Nesting of the containers that are open now.</summary>
    public int Depth => _depth;

    /// <summary>Scratch of the JSON scanner, kept with the builder so that reading allocates nothing.</summary>
    internal int[] OpenContainers => _open;

    /// <summary>Scratch of the JSON scanner: one filter of member names per open container.</summary>
    internal ulong[] SeenNames => _seen;

    /// <summary>Starts a new record. What the last tape handed out is no longer valid.</summary>
    /// <param name="input">The record's bytes, kept by reference until the next reset.</param>
    /// <param name="positions">True when the reader calls <see cref="At"/> because byte offsets alone do not lead back to the input.</param>
    public void Reset(ReadOnlyMemory<byte> input, bool positions = false)
    {
        if (!MemoryMarshal.TryGetArray(input, out var array)) input = array = input.ToArray();
        _tape.InputBytes = input;
        (_tape.InputArray, _tape.InputStart) = (array.Array!, array.Offset);
        if (_tape.Nodes.Length > KeptNodes) (_tape.Nodes, _tape.Positions) = (new int[256], null);
        if (_tape.Side.Length > KeptSide) _tape.Side = new byte[256];
        _tape.Used = 0;
        _tape.SideUsed = 0;
        _tape.OriginLine = 1;
        _tape.OriginColumn = 1;
        _depth = 0;
        _hasPositions = positions;
        _tape.Positions = positions ? _tape.Positions ?? new int[_tape.Nodes.Length / Tape.Stride * 2] : null;
    }

    /// <summary>Where the input begins in its file, for a record cut out of one; both from 1. Call it after <see cref="Reset"/>.</summary>
    public void Origin(int line, int column)
    {
        _tape.OriginLine = line;
        _tape.OriginColumn = column;
    }

    /// <summary>The place in the original file of the nodes that follow.</summary>
    public void At(int line, int column)
    {
        _line = line;
        _column = column;
    }

    public void StartObject(int offset = 0) => Open(NodeKind.Object, offset);

    public void StartArray(int offset = 0) => Open(NodeKind.Array, offset);

    /// <summary>Closes the innermost container.</summary>
    public void End()
    {
        var container = _open[--_depth];
        _tape.Nodes[container + 3] = _tape.Used;
        Closed(container);
    }

    public void Null(int offset = 0) => Leaf(NodeKind.Null, offset, 4);

    public void Boolean(bool value, int offset = 0) => Leaf(value ? NodeKind.True : NodeKind.False, offset, value ? 4 : 5);

    /// <summary>A member name that stands unescaped in the input.</summary>
    public void NameInInput(int offset, int length) => Name(offset, length, 0);

    /// <summary>A member name given as unescaped UTF-8.</summary>
    public void Name(ReadOnlySpan<byte> utf8, int offset = 0) => Name(Keep(utf8, offset), utf8.Length, Tape.InSideFlag);

    /// <summary>A member name given as UTF-16.</summary>
    public void Name(ReadOnlySpan<char> text, int offset = 0) => Name(Keep(text, offset, out var length), length, Tape.InSideFlag);

    /// <summary>A text that stands unescaped in the input.</summary>
    public void TextInInput(int offset, int length) => Leaf(NodeKind.Text, offset, length);

    /// <summary>A text that stands in the input as it is meant, of a format with other escapes than JSON's.</summary>
    public void RawTextInInput(int offset, int length, bool needsJsonEscape) => Leaf(NodeKind.Text, offset, length, needsJsonEscape ? Tape.NeedsEscapeFlag : 0);

    /// <summary>A text given as unescaped UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> utf8, int offset = 0) => Leaf(NodeKind.Text, Keep(utf8, offset), utf8.Length, Tape.InSideFlag);

    /// <summary>A text given as UTF-16; lone surrogates become the replacement character.</summary>
    public void Text(ReadOnlySpan<char> text, int offset = 0) => Leaf(NodeKind.Text, Keep(text, offset, out var length), length, Tape.InSideFlag);

    /// <summary>A member whose value is text, in one step: its name as unescaped UTF-8, its text as UTF-16.</summary>
    public void TextMember(ReadOnlySpan<byte> name, ReadOnlySpan<char> text)
    {
        var nameStart = OpenSide(name.Length + sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length), 0);
        var side = _tape.Side.AsSpan(nameStart);
        name.CopyTo(side);
        BinaryPrimitives.WriteInt32LittleEndian(side[name.Length..], 0);
        var textStart = nameStart + name.Length + sizeof(int);
        var length = Encoding.UTF8.GetBytes(text, side[(name.Length + sizeof(int))..]);
        _tape.SideUsed = textStart + length;
        var container = _open[_depth - 1];
        var at = Take(2);
        var nodes = _tape.Nodes.AsSpan(at, 2 * Tape.Stride);
        (nodes[4], nodes[5], nodes[6], nodes[7]) = ((int)NodeKind.Text | Tape.InSideFlag, textStart, length, _tape.Used);
        (nodes[0], nodes[1], nodes[2], nodes[3]) = ((int)NodeKind.Name | Tape.InSideFlag | Tape.PlaceOf(at - container), nameStart, name.Length, _tape.Used);
        _tape.Nodes[container + 2]++;
    }

    /// <summary>A number by the digits in the input; they must be a JSON number.</summary>
    public void NumberInInput(int offset, int length) => Leaf(NodeKind.Number, offset, length);

    /// <summary>A number by its digits; they must be a JSON number.</summary>
    public void Number(ReadOnlySpan<byte> digits, int offset = 0) => Leaf(NodeKind.Number, Keep(digits, offset), digits.Length, Tape.InSideFlag);

    /// <summary>The finished tape; the same instance every time.</summary>
    public Tape Build() => _tape;

    internal void GrowStack()
    {
        Array.Resize(ref _open, _open.Length * 2);
        Array.Resize(ref _seen, _open.Length);
    }

    /// <summary>Makes room in the side buffer; the caller writes from the returned start and sets what it used.</summary>
    internal int OpenSide(int maxLength, int offset)
    {
        var start = _tape.SideUsed + sizeof(int);
        if (start + maxLength > _tape.Side.Length) Array.Resize(ref _tape.Side, Math.Max(_tape.Side.Length * 2, start + maxLength));
        BinaryPrimitives.WriteInt32LittleEndian(_tape.Side.AsSpan(_tape.SideUsed), offset);
        return start;
    }

    private void Open(NodeKind kind, int offset)
    {
        var node = Add((int)kind, offset, 0);
        Count();
        if (_depth == _open.Length) GrowStack();
        _open[_depth++] = node;
    }

    private void Leaf(NodeKind kind, int start, int length, int flags = 0)
    {
        var node = Add((int)kind | flags, start, length);
        _tape.Nodes[node + 3] = _tape.Used;
        Count();
        Closed(node);
    }

    private void Name(int start, int length, int flags) => Add((int)NodeKind.Name | flags | Tape.PlaceOf(_tape.Used - _open[_depth - 1]), start, length);

    private void Count()
    {
        if (_depth > 0) _tape.Nodes[_open[_depth - 1] + 2]++;
    }

    /// <summary>The value of a member is complete: its name's next is what follows.</summary>
    private void Closed(int node)
    {
        var name = node - Tape.Stride;
        if (name >= 0 && _depth > 0 && (_tape.Nodes[name] & Tape.KindMask) == (int)NodeKind.Name) _tape.Nodes[name + 3] = _tape.Used;
    }

    private int Add(int kind, int start, int length)
    {
        var at = Take(1);
        var node = _tape.Nodes.AsSpan(at, Tape.Stride);
        node[2] = length;
        node[1] = start;
        node[0] = kind;
        return at;
    }

    /// <summary>Room for one or two nodes, which stand at the place given last.</summary>
    private int Take(int nodes)
    {
        var at = _tape.Used;
        _tape.Used = at + (nodes * Tape.Stride);
        if (_tape.Used > _tape.Nodes.Length)
        {
            Array.Resize(ref _tape.Nodes, _tape.Nodes.Length * 2);
            if (_hasPositions) Array.Resize(ref _tape.Positions, _tape.Nodes.Length / Tape.Stride * 2);
        }

        if (!_hasPositions) return at;
        var places = _tape.Positions.AsSpan(at / Tape.Stride * 2, nodes * 2);
        for (var i = places.Length - 2; i >= 0; i -= 2) (places[i + 1], places[i]) = (_column, _line);
        return at;
    }

    /// <summary>Copies text into the side buffer, its input offset in the four bytes before it.</summary>
    private int Keep(ReadOnlySpan<byte> utf8, int offset)
    {
        var start = OpenSide(utf8.Length, offset);
        utf8.CopyTo(_tape.Side.AsSpan(start));
        _tape.SideUsed = start + utf8.Length;
        return start;
    }

    private int Keep(ReadOnlySpan<char> text, int offset, out int length)
    {
        var start = OpenSide(Encoding.UTF8.GetMaxByteCount(text.Length), offset);
        length = Encoding.UTF8.GetBytes(text, _tape.Side.AsSpan(start));
        _tape.SideUsed = start + length;
        return start;
    }
}
