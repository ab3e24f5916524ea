using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary><c>*</c> and <c>**</c>.</summary>
internal static class Walks
{
    /// <summary>The values of all members; lists among them are flattened, and then the result is a plain array.</summary>
    public static Value Wildcard(ref Frame f, in Value ctx)
    {
        var input = ctx.Tag == Tag.Seq && (ctx.Seq.Flags & SeqFlags.OuterWrapper) != 0 ? ctx.Seq[0] : ctx;
        var found = new Seq(SeqFlags.Sequence);
        if (input.IsObject)
        {
            foreach (var member in input.Members()) Take(ref f, found, member.Value);
        }
        else if (input.IsArray)
        {
            foreach (var item in input.Items()) Take(ref f, found, item);
        }

        return Sequences.Unwrap(new Value(Tag.Seq, found));
    }

    /// <summary>The value itself and everything below it, without the lists.</summary>
    public static Value Descendants(ref Frame f, in Value ctx)
    {
        if (ctx.IsMissing) return default;
        var found = new Seq(SeqFlags.Sequence);
        Descend(ref f, found, ctx);
        return Sequences.Unwrap(new Value(Tag.Seq, found));
    }

    private static void Take(ref Frame f, Seq found, in Value value)
    {
        if (value.IsMissing) return;
        if (value.IsArray)
        {
            Flat(ref f, found, value);
            found.Flags = SeqFlags.None;
        }
        else Sequences.Push(ref f, found, value);
    }

    private static void Flat(ref Frame f, Seq found, in Value value)
    {
        Comparison.CheckStack(ref f);
        foreach (var item in value.Items())
        {
            if (item.IsArray) Flat(ref f, found, item);
            else Sequences.Push(ref f, found, item);
        }
    }

    private static void Descend(ref Frame f, Seq found, in Value value)
    {
        Comparison.CheckStack(ref f);
        if (!value.IsArray) Sequences.Push(ref f, found, value);
        if (value.IsArray)
        {
            foreach (var item in value.Items()) Descend(ref f, found, item);
        }
        else if (value.IsObject)
        {
            foreach (var member in value.Members()) Descend(ref f, found, member.Value);
        }
    }
}
