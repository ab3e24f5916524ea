using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>
/// The shortcut for a path of names over objects: no sequence is built while no list is met. At the first list the
/// general path takes over where this one stands.
/// </summary>
internal sealed class PlainPathCode(PathName[] names, PathCode general, bool keepSingleton)
{
    public Value Run(ref Frame f, in Value ctx)
    {
        var current = ctx;
        for (var i = 0; i < names.Length; i++)
        {
            if (current.Tag == Tag.TapeObject)
            {
                var tape = current.Tape;
                var node = tape.Find(current.Node, names[i].Utf8);
                if (node < 0) return default;
                current = Value.FromTape(tape, node);
            }
            else if (current.IsArray) return general.RunFrom(ref f, i, current);
            else if (current.Tag == Tag.Map)
            {
                current = current.Map.Get(names[i].Text);

                // A computed member can be a sequence with marks of its own: the last step's rules apply to it.
                if (current.Tag == Tag.Seq) return general.RunFrom(ref f, i, Rewind(ctx, i));
            }
            else return default;
        }

        return keepSingleton ? general.Finish(ref f, current) : current;
    }

    private Value Rewind(in Value ctx, int steps)
    {
        var current = ctx;
        for (var i = 0; i < steps; i++) current = Paths.Find(current, names[i]);
        return current;
    }
}
