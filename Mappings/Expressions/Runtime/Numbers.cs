using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Mappings.Expressions.Runtime;

/// <summary>
/// The one number rule: decimal while both operands have at most 28 digits, big integers for whole numbers beyond that,
/// double for the rest. Trailing zeros stay until a number is printed, so that arithmetic need not look for them.
/// </summary>
internal static class Numbers
{
    private const int DecimalDigits = 28;
    private const int BigDigits = 308;
    private const int MaxDigits = 1000;
    private const int MaxExponent = 400;

    private static readonly BigInteger DecimalMax = new(decimal.MaxValue);
    private static readonly BigInteger DoubleMax = new(double.MaxValue);

    /// <summary>A JSON number by its digits. What no double can hold becomes infinity, which every operation refuses.</summary>
    public static Value Parse(ReadOnlySpan<byte> utf8) => Digits.Parse(utf8) is { IsNone: false } digits ? digits.ToValue() : ParseLong(utf8);

    public static Value Parse(string text)
    {
        Span<byte> utf8 = text.Length <= 128 ? stackalloc byte[text.Length] : new byte[text.Length];
        for (var i = 0; i < text.Length; i++) utf8[i] = (byte)text[i];
        return Parse(utf8);
    }

    /// <summary>The number ready for arithmetic: never the raw digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Ready(in Value number) => number.Tag == Tag.RawNumber ? Parse(number.Tape.Utf8(number.Node)) : number;

    public static Value FromDouble(double value)
    {
        // Whole numbers a double holds exactly; the rest keeps its binary nature, so that nobody mistakes it for exact.
        if (Math.Abs(value) <= 9007199254740992 && value == Math.Truncate(value)) return new Value(new decimal(value));
        return new Value(Tag.Double, null, 0, BitConverter.DoubleToInt64Bits(value));
    }

    public static Value FromBig(BigInteger value)
    {
        if (BigInteger.Abs(value) <= DecimalMax) return new Value((decimal)value);
        return BigInteger.Abs(value) <= DoubleMax ? new Value(Tag.Big, value) : FromDouble(value.Sign < 0 ? double.NegativeInfinity : double.PositiveInfinity);
    }

    public static double ToDouble(in Value number)
    {
        var ready = Ready(number);
        return ready.Tag switch
        {
            Tag.Decimal => (double)ready.Decimal,
            Tag.Big => (double)ready.Big,
            _ => ready.Double,
        };
    }

    public static bool IsFinite(in Value number) => number.Tag != Tag.Double || double.IsFinite(number.Double);

    public static bool IsWhole(in Value ready) => ready.Tag switch
    {
        Tag.Decimal => decimal.IsInteger(ready.Decimal),
        Tag.Big => true,
        _ => double.IsInteger(ready.Double),
    };

    /// <summary>The whole part towards minus infinity, clipped to what an index can be.</summary>
    public static long FloorToLong(in Value number)
    {
        var ready = Ready(number);
        if (Digits.Of(ready) is { IsNone: false, Scale: 0, Bits: <= long.MaxValue } digits) return digits.IsNegative ? -(long)digits.Bits : (long)digits.Bits;
        if (ready.Tag == Tag.Decimal)
        {
            var floor = decimal.Floor(ready.Decimal);
            return floor is >= long.MinValue and <= long.MaxValue ? (long)floor : floor < 0 ? long.MinValue : long.MaxValue;
        }

        var value = Math.Floor(ToDouble(ready));
        return value is > -9e18 and < 9e18 ? (long)value : value < 0 ? long.MinValue : long.MaxValue;
    }

    public static int Compare(in Value left, in Value right)
    {
        var a = Ready(left);
        var b = Ready(right);
        if (Digits.Of(a) is { IsNone: false } x && Digits.Of(b) is { IsNone: false } y && x.Flags == y.Flags) return x.IsNegative ? y.Bits.CompareTo(x.Bits) : x.Bits.CompareTo(y.Bits);
        if (a.Tag == Tag.Decimal && b.Tag == Tag.Decimal) return a.Decimal.CompareTo(b.Decimal);
        if (a.Tag == Tag.Double || b.Tag == Tag.Double) return ToDouble(a).CompareTo(ToDouble(b));
        return a.Tag == Tag.Big ? b.Tag == Tag.Big ? a.Big.CompareTo(b.Big) : a.Big.Sign : -b.Big.Sign;
    }

    public static Value Negate(in Value number)
    {
        var ready = Ready(number);
        return ready.Tag switch
        {
            Tag.Decimal => new Value(-ready.Decimal),
            Tag.Big => FromBig(-ready.Big),
            _ => FromDouble(-ready.Double),
        };
    }

    public static Value Abs(in Value number)
    {
        var ready = Ready(number);
        return ready.Tag switch
        {
            Tag.Decimal => new Value(Math.Abs(ready.Decimal)),
            Tag.Big => FromBig(BigInteger.Abs(ready.Big)),
            _ => FromDouble(Math.Abs(ready.Double)),
        };
    }

    /// <summary>The number without trailing zeros, as it prints; JavaScript's form with an exponent from 1e21 on and below 1e-6.</summary>
    public static string ToText(in Value number) => NumberText.Format(Ready(number));

    internal static bool BothDecimal(in Value a, in Value b) => a.Tag == Tag.Decimal && b.Tag == Tag.Decimal;

    internal static bool TryBig(in Value ready, out BigInteger big)
    {
        big = ready.Tag switch
        {
            Tag.Big => ready.Big,
            Tag.Decimal when decimal.IsInteger(ready.Decimal) => new BigInteger(ready.Decimal),
            _ => default,
        };
        return ready.Tag == Tag.Big || (ready.Tag == Tag.Decimal && decimal.IsInteger(ready.Decimal));
    }

    private static Value ParseLong(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxDigits + 10) return new Value(Tag.Double, null, 0, BitConverter.DoubleToInt64Bits(double.NaN));
        var text = Texts.Decode(utf8);
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = (e < 0 ? text : text[..e]).TrimStart('-');
        var exponent = 0;
        if (e >= 0 && (!int.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > MaxExponent))
        {
            exponent = text[e + 1] == '-' ? -MaxExponent - MaxDigits : MaxExponent + MaxDigits;
        }

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var scale = (point < 0 ? 0 : mantissa.Length - point - 1) - exponent;
        var digits = mantissa.Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('0');
        var kept = digits.TrimEnd('0');
        scale -= digits.Length - kept.Length;
        if (kept.Length == 0) return new Value(0m);
        var whole = kept.Length - scale;
        if (kept.Length <= DecimalDigits && scale <= DecimalDigits && whole <= DecimalDigits)
        {
            return new Value(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        if (scale <= 0 && whole <= BigDigits)
        {
            var big = BigInteger.Parse(kept, CultureInfo.InvariantCulture) * BigInteger.Pow(10, -scale);
            return FromBig(text[0] == '-' ? -big : big);
        }

        if (exponent < -MaxExponent) return new Value(0m);
        return FromDouble(exponent > MaxExponent ? double.PositiveInfinity : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}
