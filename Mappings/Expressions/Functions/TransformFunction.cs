using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>The compiled parts of <c>|pattern|update,delete|</c>.</summary>
internal sealed record TransformCode(Eval Pattern, Eval Update, Eval? Delete, TextSpan UpdateAt, TextSpan DeleteAt);

/// <summary>A transform as a function: copies its argument, then changes the copy where the pattern points.</summary>
internal sealed class TransformFunction(TransformCode code, Unit unit, Activation? captured, Value root) : FunctionValue
{
    private static readonly Signature Types = Signature.Parse("<(oa):o>", out _)!;

    public override int Arity => 1;

    public override Signature Signature => Types;

    public override Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx)
    {
        if (arguments[0].IsMissing) return default;
        var copy = Copy(ref f, arguments[0]);
        var frame = new Frame(f.Context, unit, root, captured) { At = f.At };
        var found = code.Pattern(ref frame, copy);
        foreach (var match in found.Items())
        {
            frame.Step();
            if (match.Tag != Tag.Map) continue;
            Update(ref frame, match);
            Delete(ref frame, match);
        }

        return copy;
    }

    private static Value Copy(ref Frame f, in Value value)
    {
        if (value.IsArray)
        {
            Comparison.CheckStack(ref f);
            var list = new Seq(SeqFlags.None);
            foreach (var item in value.Items()) Sequences.Push(ref f, list, Copy(ref f, item));
            return new Value(Tag.Seq, list);
        }

        if (!value.IsObject) return value;
        Comparison.CheckStack(ref f);
        var map = new Map();
        foreach (var member in value.Members())
        {
            f.Step();
            map.Set(member.Name, Copy(ref f, member.Value));
        }

        return new Value(Tag.Map, map);
    }

    private void Update(ref Frame f, in Value match)
    {
        var update = code.Update(ref f, match);
        if (update.IsMissing) return;
        if (!update.IsObject) Errors.Throw(f, code.UpdateAt, "T2011", update);
        foreach (var member in update.Members()) match.Map.Set(member.Name, member.Value);
    }

    private void Delete(ref Frame f, in Value match)
    {
        if (code.Delete is null) return;
        var names = code.Delete(ref f, match);
        foreach (var name in names.Items())
        {
            if (!name.IsText) Errors.Throw(f, code.DeleteAt, "T2012", names);
            match.Map.Remove(name.AsText()!);
        }
    }
}
