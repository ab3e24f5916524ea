using Mappings.Documents;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>
/// An operator on two numbers. Where its sides are paths of names, constants and such operators again, and all numbers have few
/// digits, the whole is computed in registers; whatever else comes is evaluated from the start in the general way, which also
/// knows what is wrong.
/// </summary>
internal sealed class ArithmeticCode(Eval general, DigitsCode shortcut)
{
    public DigitsCode Shortcut => shortcut;

    public Value Run(ref Frame f, in Value ctx)
    {
        if (ctx.Tag == Tag.TapeObject && shortcut.Get(ctx) is { IsNone: false } digits) return digits.ToValue();
        return general(ref f, ctx);
    }
}

/// <summary>Computes a number of few digits from an object of a tape.</summary>
internal abstract class DigitsCode
{
    /// <summary>None when the number has more digits, or is no number.</summary>
    public abstract Digits Get(in Value ctx);

    /// <summary>What a part of an operator can be computed by; null when it is more than paths, constants and operators.</summary>
    public static DigitsCode? Of(Eval part) => part.Target switch
    {
        PlainPathCode { IsBare: true } path => new PathDigits(path),
        ConstantCode constant when Digits.Of(Numbers.Ready(constant.Value)) is { IsNone: false } digits => new ConstantDigits(digits),
        ArithmeticCode arithmetic => arithmetic.Shortcut,
        _ => null,
    };

    private sealed class PathDigits(PlainPathCode path) : DigitsCode
    {
        public override Digits Get(in Value ctx) =>
            path.TryFind(ctx, out var node) && node >= 0 && ctx.Tape.Kind(node) == NodeKind.Number ? Digits.Parse(ctx.Tape.Utf8(node)) : Digits.None;
    }

    private sealed class ConstantDigits(Digits digits) : DigitsCode
    {
        public override Digits Get(in Value ctx) => digits;
    }
}

/// <summary>An operator whose sides can be computed in registers.</summary>
internal sealed class DigitsCode<TOperator>(DigitsCode left, DigitsCode right) : DigitsCode
    where TOperator : struct, INumberOperator
{
    public override Digits Get(in Value ctx)
    {
        var a = left.Get(ctx);
        if (a.IsNone) return a;
        var b = right.Get(ctx);
        return b.IsNone ? b : TOperator.Apply(a, b);
    }
}
