using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>What an operator needs to report: where it stands and how its operands are written.</summary>
internal sealed record OperatorSite(string Operator, TextSpan Left, TextSpan Right, TextSpan At)
{
    public string LeftText(in Frame f) => f.Unit.Text[Left.Start..Left.End];

    public string RightText(in Frame f) => f.Unit.Text[Right.Start..Right.End];
}

/// <summary>One arithmetic operator; a type parameter, so that the closure calls it directly.</summary>
internal interface INumberOperator
{
    static abstract Value Apply(in Value a, in Value b);

    static abstract Digits Apply(Digits a, Digits b);
}

internal readonly struct AddOperator : INumberOperator
{
    public static Value Apply(in Value a, in Value b) => Arithmetic.Add(a, b);

    public static Digits Apply(Digits a, Digits b) => a + b;
}

internal readonly struct SubtractOperator : INumberOperator
{
    public static Value Apply(in Value a, in Value b) => Arithmetic.Subtract(a, b);

    public static Digits Apply(Digits a, Digits b) => a - b;
}

internal readonly struct MultiplyOperator : INumberOperator
{
    public static Value Apply(in Value a, in Value b) => Arithmetic.Multiply(a, b);

    public static Digits Apply(Digits a, Digits b) => a * b;
}

internal readonly struct DivideOperator : INumberOperator
{
    public static Value Apply(in Value a, in Value b) => Arithmetic.Divide(a, b);

    public static Digits Apply(Digits a, Digits b) => a / b;
}

internal readonly struct RemainderOperator : INumberOperator
{
    public static Value Apply(in Value a, in Value b) => Arithmetic.Remainder(a, b);

    public static Digits Apply(Digits a, Digits b) => Digits.None;
}

/// <summary>The closures of the binary operators.</summary>
internal static class Operators
{
    public static Eval Number<TOperator>(Eval left, Eval right, OperatorSite site, bool registers)
        where TOperator : struct, INumberOperator
    {
        Eval general = (ref Frame f, in Value ctx) =>
        {
            var a = left(ref f, ctx);
            var b = right(ref f, ctx);
            if (a.Tag == Tag.RawNumber) a = Numbers.Ready(a);
            if (b.Tag == Tag.RawNumber) b = Numbers.Ready(b);
            if (a.Tag == Tag.Decimal && b.Tag == Tag.Decimal)
            {
                var result = TOperator.Apply(a, b);
                return result.Tag == Tag.Decimal ? result : Finite(f, result, site);
            }

            return Check(f, a, b, site) ? Finite(f, TOperator.Apply(a, b), site) : default;
        };
        return registers && DigitsCode.Of(left) is { } first && DigitsCode.Of(right) is { } second ? new ArithmeticCode(general, new DigitsCode<TOperator>(first, second)).Run : general;
    }

    /// <summary>Missing operands: an error in the hub, a missing result in JSONata's own manner.</summary>
    private static bool Check(in Frame f, in Value a, in Value b, OperatorSite site)
    {
        if (!a.IsMissing && !a.IsNumber) Errors.Throw(f, site.Left, "T2001", a, ("operator", site.Operator), ("operand", site.LeftText(f)));
        if (!b.IsMissing && !b.IsNumber) Errors.Throw(f, site.Right, "T2002", b, ("operator", site.Operator), ("operand", site.RightText(f)));
        if (a.IsMissing || b.IsMissing)
        {
            if (f.Unit.Strict) NoValue(f, a.IsMissing, site);
            return false;
        }

        if (!Numbers.IsFinite(a)) Errors.Throw(f, site.Left, "D1001", a, ("operator", site.Operator));
        if (!Numbers.IsFinite(b)) Errors.Throw(f, site.Right, "D1001", b, ("operator", site.Operator));
        return true;
    }

    private static Value Finite(in Frame f, in Value result, OperatorSite site)
    {
        if (Numbers.IsFinite(result)) return result;

        // JSONata lets what is beyond all numbers pass until it is used; the hub never does.
        if (f.Unit.Strict) Errors.Throw(f, site.At, "D1001", result, ("operator", site.Operator));
        return result;
    }

    private static void NoValue(in Frame f, bool left, OperatorSite site) =>
        Errors.Throw(f, left ? site.Left : site.Right, "DAT380", default, ("operand", left ? site.LeftText(f) : site.RightText(f)), ("operator", site.Operator));

    public static Eval Negate(Eval operand, OperatorSite site) => (ref Frame f, in Value ctx) =>
    {
        var value = operand(ref f, ctx);
        if (value.IsNumber) return Numbers.Negate(value);
        if (!value.IsMissing) Errors.Throw(f, site.Right, "D1002", value, ("operator", site.Operator), ("operand", site.RightText(f)));
        if (f.Unit.Strict) NoValue(f, false, site);
        return default;
    };

    public static Eval Equality(Eval left, Eval right, bool equal) => (ref Frame f, in Value ctx) =>
    {
        var a = left(ref f, ctx);
        var b = right(ref f, ctx);
        return a.IsMissing || b.IsMissing ? Value.FromBoolean(false) : Value.FromBoolean(Comparison.Equal(ref f, a, b) == equal);
    };

    /// <summary>A text compared with a constant: bytes with bytes, no string is made.</summary>
    public static Eval EqualsText(Eval left, string text, bool equal)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(text);
        var constant = Value.FromText(text);
        return (ref Frame f, in Value ctx) =>
        {
            var a = left(ref f, ctx);
            if (a.Tag == Tag.TapeText) return Value.FromBoolean(a.Tape.Utf8(a.Node).SequenceEqual(utf8) == equal);
            return a.IsMissing ? Value.FromBoolean(false) : Value.FromBoolean(Comparison.Equal(ref f, a, constant) == equal);
        };
    }

    /// <summary>A value compared with true or false: only the same one is equal.</summary>
    public static Eval EqualsBoolean(Eval left, bool constant, bool equal) => (ref Frame f, in Value ctx) =>
    {
        var a = left(ref f, ctx);
        return Value.FromBoolean(!a.IsMissing && a.Tag == (constant ? Tag.True : Tag.False) == equal);
    };

    public static Eval Order(Eval left, Eval right, OperatorSite site) => (ref Frame f, in Value ctx) =>
    {
        var a = left(ref f, ctx);
        var b = right(ref f, ctx);
        if (!a.IsMissing && !a.IsNumber && !a.IsText) Errors.Throw(f, site.Left, "T2010", a, ("operator", site.Operator), ("operand", site.LeftText(f)));
        if (!b.IsMissing && !b.IsNumber && !b.IsText) Errors.Throw(f, site.Right, "T2010", b, ("operator", site.Operator), ("operand", site.RightText(f)));
        if (a.IsMissing || b.IsMissing) return default;
        if (a.IsNumber != b.IsNumber) Errors.Throw(f, site.At, "T2009", b, ("operator", site.Operator), ("other", ShownValue.Of(a)));
        var order = a.IsNumber ? Numbers.Compare(a, b) : Texts.Compare(a, b);
        return Value.FromBoolean(site.Operator switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 });
    };

    public static Eval And(Eval left, Eval right) => (ref Frame f, in Value ctx) =>
        Value.FromBoolean(Comparison.IsTrue(ref f, left(ref f, ctx)) && Comparison.IsTrue(ref f, right(ref f, ctx)));

    public static Eval Or(Eval left, Eval right) => (ref Frame f, in Value ctx) =>
        Value.FromBoolean(Comparison.IsTrue(ref f, left(ref f, ctx)) || Comparison.IsTrue(ref f, right(ref f, ctx)));

    public static Eval In(Eval left, Eval right) => (ref Frame f, in Value ctx) =>
    {
        var item = left(ref f, ctx);
        var list = right(ref f, ctx);

        if (item.IsMissing) return Value.FromBoolean(false);
        foreach (var candidate in list.Items())
        {
            f.Step();
            if (Comparison.Same(ref f, item, candidate)) return Value.FromBoolean(true);
        }

        return Value.FromBoolean(false);
    };
}
