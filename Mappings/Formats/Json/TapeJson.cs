using System.Buffers;
using Mappings.Documents;

namespace Mappings.Formats.Json;

/// <summary>Writes a part of a tape as compact JSON; numbers byte for byte as the sender wrote them.</summary>
public static class TapeJson
{
    /// <param name="node">A value; not a name.</param>
    public static void Write(Tape tape, int node, Utf8JsonOutput output)
    {
        var end = tape.Next(node);
        if (tape.Kind(node) is not (NodeKind.Array or NodeKind.Object)) end = node + Tape.Stride;
        var open = ArrayPool<int>.Shared.Rent(64);
        var depth = 0;
        for (var at = node; at < end || depth > 0;)
        {
            if (depth > 0 && tape.Next(open[depth - 1]) == at)
            {
                if (tape.Kind(open[--depth]) == NodeKind.Object) output.EndObject();
                else output.EndArray();
                continue;
            }

            if (tape.Kind(at) is NodeKind.Array or NodeKind.Object)
            {
                if (depth == open.Length) open = Grow(open);
                open[depth++] = at;
            }

            Node(tape, at, output);
            at += Tape.Stride;
        }

        ArrayPool<int>.Shared.Return(open);
    }

    /// <summary>The JSON of a part of a tape, as a new array.</summary>
    public static byte[] ToArray(Tape tape, int node)
    {
        using var output = new Utf8JsonOutput();
        Write(tape, node, output);
        return output.Written.ToArray();
    }

    private static void Node(Tape tape, int at, Utf8JsonOutput output)
    {
        switch (tape.Kind(at))
        {
            case NodeKind.Name when tape.IsVerbatim(at):
                output.VerbatimName(tape.Utf8(at));
                break;
            case NodeKind.Name:
                output.Name(tape.Utf8(at));
                break;
            case NodeKind.Text when tape.IsVerbatim(at):
                output.VerbatimText(tape.Utf8(at));
                break;
            case NodeKind.Text:
                output.Text(tape.Utf8(at));
                break;
            case NodeKind.Number:
                output.Raw(tape.Utf8(at));
                break;
            case NodeKind.Object:
                output.StartObject();
                break;
            case NodeKind.Array:
                output.StartArray();
                break;
            case NodeKind.True:
                output.Boolean(true);
                break;
            case NodeKind.False:
                output.Boolean(false);
                break;
            default:
                output.Null();
                break;
        }
    }

    private static int[] Grow(int[] open)
    {
        var larger = ArrayPool<int>.Shared.Rent(open.Length * 2);
        open.CopyTo(larger, 0);
        ArrayPool<int>.Shared.Return(open);
        return larger;
    }
}
