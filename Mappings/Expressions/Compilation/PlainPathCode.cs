using Mappings.Documents;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>
/// The shortcut for a path of names over objects: no sequence is built while no list is met. At the first list the
/// general path takes over where this one stands.
/// </summary>
internal sealed class PlainPathCode(PathName[] names, PathCode general, bool keepSingleton)
{
    /// <summary>False when <c>[]</c> makes a list of what is found, which is more than following names.</summary>
    public bool IsBare => !keepSingleton;

    /// <summary>Follows the names over objects of a tape.</summary>
    /// <param name="ctx">An object of a tape.</param>
    /// <returns>False when a list is met on the way.</returns>
    public bool TryFollow(in Value ctx, out Value value)
    {
        var followed = TryFind(ctx, out var node);
        value = node < 0 ? default : Value.FromTape(ctx.Tape, node);
        return followed;
    }

    /// <param name="node">What is found; -1 when there is no such member.</param>
    public bool TryFind(in Value ctx, out int node)
    {
        var tape = ctx.Tape;
        var at = Paths.Find(tape, ctx.Node, names[0]);
        for (var i = 1; i < names.Length && at >= 0; i++)
        {
            var kind = tape.Kind(at);
            if (kind == NodeKind.Array)
            {
                node = -1;
                return false;
            }

            at = kind == NodeKind.Object ? Paths.Find(tape, at, names[i]) : -1;
        }

        node = at;
        return true;
    }

    public Value Run(ref Frame f, in Value ctx)
    {
        if (ctx.Tag == Tag.TapeObject && TryFollow(ctx, out var followed)) return keepSingleton ? general.Finish(ref f, followed) : followed;
        var current = ctx;
        for (var i = 0; i < names.Length; i++)
        {
            if (current.Tag == Tag.TapeObject)
            {
                var tape = current.Tape;
                var node = Paths.Find(tape, current.Node, names[i]);
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
