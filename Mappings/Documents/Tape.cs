using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Mappings.Documents;

/// <summary>
/// One record, parsed: a flat index over UTF-8 bytes, four ints a node (kind and flags, start, length, next sibling).
/// Text and numbers stay byte ranges of the input, or of the side buffer when a reader had to decode them; strings and
/// decimals are made when they are first asked for. Every format is read into this one shape.
/// The node after a container's own node is its first child; in an object, names and values alternate.
/// A tape is reused: what it hands out is valid until the next <see cref="TapeBuilder.Reset"/>.
/// </summary>
public sealed class Tape
{
    internal const int Stride = 4;
    internal const int KindMask = 0xFF;
    internal const int InSideFlag = 0x100;
    internal const int NeedsEscapeFlag = 0x200;

    /// <summary>A name holds in its upper bits how far it stands from its object, so that a guessed place can be verified; values hold 0 there.</summary>
    internal const int PlaceShift = 10;

    internal int[] Nodes = new int[256];
    internal int Used;
    internal ReadOnlyMemory<byte> InputBytes;

    /// <summary>The array behind <see cref="InputBytes"/> and where they begin in it: a memory's span costs more than a name's comparison.</summary>
    internal byte[] InputArray = [];
    internal int InputStart;
    internal byte[] Side = new byte[256];
    internal int SideUsed;
    internal int[]? Positions;
    internal int OriginLine = 1;
    internal int OriginColumn = 1;

    /// <summary>The text the record was read from, as UTF-8; empty when the reader keeps none. The original bytes are the record reader's to give.</summary>
    public ReadOnlyMemory<byte> Input => InputBytes;

    /// <summary>The root node's index.</summary>
    public int Root => 0;

    public int NodeCount => Used / Stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NodeKind Kind(int node) => (NodeKind)(Nodes[node] & KindMask);

    /// <summary>
    /// The node after this one and everything in it; the parent's end when this is its last child. A name's next is the
    /// next name: the value between them is at <c>name + 4</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int node) => Nodes[node + 3];

    /// <summary>The first child of a container; equal to <see cref="Next"/> when it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstChild(int node) => node + Stride;

    /// <summary>Number of elements of an array or members of an object.</summary>
    public int Count(int container) => Nodes[container + 2];

    /// <summary>The unescaped UTF-8 of a text or a name, or the digits of a number as the sender wrote them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Utf8(int node)
    {
        var start = Nodes[node + 1];
        var length = Nodes[node + 2];
        return (Nodes[node] & InSideFlag) == 0 ? new ReadOnlySpan<byte>(InputArray, InputStart + start, length) : new ReadOnlySpan<byte>(Side, start, length);
    }

    /// <summary>True when the UTF-8 of a text or name holds nothing that JSON escapes, so that it may be copied between quotes as it is.</summary>
    public bool IsVerbatim(int node) => (Nodes[node] & (InSideFlag | NeedsEscapeFlag)) == 0;

    /// <summary>The value of a member, or -1 when the object has no such member. Names are compared by bytes.</summary>
    public int Find(int objectNode, ReadOnlySpan<byte> name)
    {
        var end = Next(objectNode);
        for (var at = FirstChild(objectNode); at < end; at = Next(at))
        {
            if (Nodes[at + 2] == name.Length && Utf8(at).SequenceEqual(name)) return at + Stride;
        }

        return -1;
    }

    /// <summary>The upper bits of a name that stands so many ints behind its object's node; 0 when that is further than they can say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int PlaceOf(int distance) => (uint)distance < 1 << 24 ? distance << (PlaceShift - 2) : 0;

    /// <summary>Where a node begins in the input: as its reader recorded it, or counted from the byte offset when it did not.</summary>
    /// <param name="node">The node.</param>
    /// <returns>Line and column (in characters), both from 1.</returns>
    public (int Line, int Column) PositionOf(int node)
    {
        if (Positions is { } positions) return (positions[node / Stride * 2], positions[(node / Stride * 2) + 1]);
        return Offsets.ToLineAndColumn(InputBytes.Span, OffsetOf(node), OriginLine, OriginColumn);
    }

    /// <summary>
    /// The byte offset in <see cref="Input"/> where a node begins, its opening quote counted in; for a text in the side
    /// buffer its reader left it in the four bytes before.
    /// </summary>
    internal int OffsetOf(int node)
    {
        var start = Nodes[node + 1];
        if ((Nodes[node] & InSideFlag) != 0) return BinaryPrimitives.ReadInt32LittleEndian(Side.AsSpan(start - sizeof(int)));
        var quoted = Kind(node) is NodeKind.Text or NodeKind.Name && start > 0 && InputBytes.Span[start - 1] == '"';
        return quoted ? start - 1 : start;
    }
}
