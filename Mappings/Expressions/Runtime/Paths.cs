using System.Text;

namespace Mappings.Expressions.Runtime;

/// <summary>A member name of the expression, in both encodings.</summary>
internal sealed class PathName(string name)
{
    public readonly string Text = name;
    public readonly byte[] Utf8 = Encoding.UTF8.GetBytes(name);
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
            var node = tape.Find(value.Node, name.Utf8);
            return node < 0 ? default : Value.FromTape(tape, node);
        }

        return value.Tag == Tag.Map ? value.Map.Get(name.Text) : default;
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
