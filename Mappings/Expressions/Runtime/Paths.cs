using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Mappings.Documents;

namespace Mappings.Expressions.Runtime;

/// <summary>A member name of the expression, in both encodings.</summary>
internal sealed class PathName
{
    private readonly ulong _head;
    private readonly ulong _mask;

    public readonly string Text;
    public readonly byte[] Utf8;

    /// <summary>
    /// How far from its object's node the name stood last: records of one source look alike, so it is looked for there first.
    /// All threads read and write it; a wrong guess costs a walk and nothing else.
    /// </summary>
    public int Place = int.MaxValue;

    public PathName(string name)
    {
        Text = name;
        Utf8 = Encoding.UTF8.GetBytes(name);
        Span<byte> head = stackalloc byte[sizeof(ulong)];
        head.Clear();
        Utf8.AsSpan(0, Math.Min(Utf8.Length, head.Length)).CopyTo(head);
        _head = MemoryMarshal.Read<ulong>(head);
        head[..Math.Min(Utf8.Length, head.Length)].Fill(0xFF);
        head[Math.Min(Utf8.Length, head.Length)..].Clear();
        _mask = MemoryMarshal.Read<ulong>(head);
    }

    /// <summary>Whether a name node is this name: by its length, its first eight bytes, and the rest where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(Tape tape, int node)
    {
        var nodes = tape.Nodes;
        if (nodes[node + 2] != Utf8.Length) return false;
        var start = tape.InputStart + nodes[node + 1];
        var input = tape.InputArray;
        if ((nodes[node] & Tape.InSideFlag) != 0 || start + sizeof(ulong) > input.Length) return tape.Utf8(node).SequenceEqual(Utf8);
        if (((Unsafe.ReadUnaligned<ulong>(ref input[start]) ^ _head) & _mask) != 0) return false;
        return Utf8.Length <= sizeof(ulong) || tape.Utf8(node).SequenceEqual(Utf8);
    }
}

/// <summary>Member access.</summary>
internal static class Paths
{
    /// <summary>The member of one object; missing for everything else.</summary>
    public static Value Find(in Value value, PathName name)
    {
        if (value.Tag == Tag.TapeObject)
        {
            var tape = value.Tape;
            var node = Find(tape, value.Node, name);
            return node < 0 ? default : Value.FromTape(tape, node);
        }

        return value.Tag == Tag.Map ? value.Map.Get(name.Text) : default;
    }

    /// <summary>The value of a member, or -1: at the name's last place when it stands there in this object too, else by walking.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Find(Tape tape, int objectNode, PathName name)
    {
        var place = name.Place;
        if (place < tape.Next(objectNode) - objectNode)
        {
            var at = objectNode + place;
            if ((uint)tape.Nodes[at] >> Tape.PlaceShift == (uint)place / Tape.Stride && name.Is(tape, at)) return at + Tape.Stride;
        }

        return Walk(tape, objectNode, name);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Walk(Tape tape, int objectNode, PathName name)
    {
        var end = tape.Next(objectNode);
        for (var at = tape.FirstChild(objectNode); at < end; at = tape.Next(at))
        {
            if (!name.Is(tape, at)) continue;
            name.Place = at - objectNode;
            return at + Tape.Stride;
        }

        return -1;
    }

    /// <summary>JSONata's lookup: over a list, the members of all its elements, flattened by one level.</summary>
    public static Value Lookup(ref Frame f, in Value value, PathName name)
    {
        if (!value.IsArray) return Find(value, name);
        var found = new SequenceBuilder();
        foreach (var item in value.Items())
        {
            f.Step();
            var member = item.IsArray ? Lookup(ref f, item, name) : Find(item, name);
            if (!member.IsMissing) found.AddFlat(ref f, member);
        }

        return found.ToValue();
    }
}
