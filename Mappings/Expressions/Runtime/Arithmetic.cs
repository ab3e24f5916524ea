using System.Numerics;

namespace Mappings.Expressions.Runtime;

/// <summary>The operators on two numbers that are ready (no raw digits). Decimal first; everything else is in the cold half.</summary>
internal static class Arithmetic
{
    public static Value Add(in Value a, in Value b)
    {
        var (x, y) = (Digits.Of(a), Digits.Of(b));
        return !x.IsNone && !y.IsNone && x + y is { IsNone: false } sum ? sum.ToValue() : AddAny(a, b);
    }

    public static Value Subtract(in Value a, in Value b)
    {
        var (x, y) = (Digits.Of(a), Digits.Of(b));
        return !x.IsNone && !y.IsNone && x - y is { IsNone: false } difference ? difference.ToValue() : SubtractAny(a, b);
    }

    public static Value Multiply(in Value a, in Value b)
    {
        var (x, y) = (Digits.Of(a), Digits.Of(b));
        return !x.IsNone && !y.IsNone && x * y is { IsNone: false } product ? product.ToValue() : MultiplyAny(a, b);
    }

    /// <summary>Division by zero gives an infinity, which the caller refuses or passes on.</summary>
    public static Value Divide(in Value a, in Value b)
    {
        var (x, y) = (Digits.Of(a), Digits.Of(b));
        return !x.IsNone && !y.IsNone && x / y is { IsNone: false } quotient ? quotient.ToValue() : DivideAny(a, b);
    }

    /// <summary>The remainder with the sign of the dividend.</summary>
    public static Value Remainder(in Value a, in Value b)
    {
        if (Numbers.BothDecimal(a, b) && b.Decimal != 0) return new Value(a.Decimal % b.Decimal);
        if (Numbers.TryBig(a, out var left) && Numbers.TryBig(b, out var right) && !right.IsZero) return Numbers.FromBig(BigInteger.Remainder(left, right));
        return Numbers.FromDouble(Numbers.ToDouble(a) % Numbers.ToDouble(b));
    }

    /// <summary>The operators without their shortcut for few digits.</summary>
    internal static Value AddAny(in Value a, in Value b)
    {
        if (Numbers.BothDecimal(a, b))
        {
            try
            {
                return new Value(a.Decimal + b.Decimal);
            }
            catch (OverflowException)
            {
                return Beyond(a, b, '+');
            }
        }

        return Beyond(a, b, '+');
    }

    internal static Value SubtractAny(in Value a, in Value b)
    {
        if (Numbers.BothDecimal(a, b))
        {
            try
            {
                return new Value(a.Decimal - b.Decimal);
            }
            catch (OverflowException)
            {
                return Beyond(a, b, '-');
            }
        }

        return Beyond(a, b, '-');
    }

    internal static Value MultiplyAny(in Value a, in Value b)
    {
        if (Numbers.BothDecimal(a, b))
        {
            try
            {
                var product = a.Decimal * b.Decimal;

                // Too small for 28 decimals: a double keeps what a decimal would round to zero.
                return product == 0 && a.Decimal != 0 && b.Decimal != 0 ? Double(a, b, '*') : new Value(product);
            }
            catch (OverflowException)
            {
                // A product of numbers within 28 digits that is itself beyond: double, as the number rule says (99!).
                return Double(a, b, '*');
            }
        }

        return Beyond(a, b, '*');
    }

    internal static Value DivideAny(in Value a, in Value b)
    {
        if (!Numbers.BothDecimal(a, b) || b.Decimal == 0) return Numbers.FromDouble(Numbers.ToDouble(a) / Numbers.ToDouble(b));
        try
        {
            var quotient = a.Decimal / b.Decimal;
            return quotient == 0 && a.Decimal != 0 ? Numbers.FromDouble(Numbers.ToDouble(a) / Numbers.ToDouble(b)) : new Value(quotient);
        }
        catch (OverflowException)
        {
            return Numbers.FromDouble(Numbers.ToDouble(a) / Numbers.ToDouble(b));
        }
    }

    private static Value Beyond(in Value a, in Value b, char op)
    {
        if (Numbers.TryBig(a, out var left) && Numbers.TryBig(b, out var right))
        {
            return Numbers.FromBig(op switch { '+' => left + right, '-' => left - right, _ => left * right });
        }

        return Double(a, b, op);
    }

    private static Value Double(in Value a, in Value b, char op)
    {
        var x = Numbers.ToDouble(a);
        var y = Numbers.ToDouble(b);
        return Numbers.FromDouble(op switch { '+' => x + y, '-' => x - y, _ => x * y });
    }
}
