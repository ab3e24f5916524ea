using System.Globalization;
using System.Numerics;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Pictures;

/// <summary>A number as a whole number and a power of ten: unscaled × 10^-scale. Exact for all of the hub's numbers.</summary>
internal readonly record struct DecimalDigits(BigInteger Unscaled, int Scale)
{
    public bool IsNegative => Unscaled.Sign < 0;

    public static DecimalDigits From(in Value number)
    {
        var ready = Numbers.Ready(number);
        switch (ready.Tag)
        {
            case Tag.Decimal:
                Span<int> bits = stackalloc int[4];
                decimal.GetBits(ready.Decimal, bits);
                return new DecimalDigits(new BigInteger(new decimal(bits[0], bits[1], bits[2], bits[3] < 0, 0)), ready.Decimal.Scale);
            case Tag.Big:
                return new DecimalDigits(ready.Big, 0);
            default:
                return Parse(ready.Double.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    public DecimalDigits Absolute() => this with { Unscaled = BigInteger.Abs(Unscaled) };

    public DecimalDigits TimesTen(int power) => this with { Scale = Scale - power };

    /// <summary>Digits before the point; 0 or less for numbers below one, by how many zeros follow the point.</summary>
    public int Magnitude => Unscaled.IsZero ? 0 : BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).Length - Scale;

    /// <summary>Whole and fractional digits, with exactly so many of the latter; half to even.</summary>
    public (string Whole, string Fraction) Split(int places)
    {
        var shift = places - Scale;
        BigInteger rounded;
        if (shift >= 0) rounded = Unscaled * BigInteger.Pow(10, shift);
        else
        {
            var unit = BigInteger.Pow(10, -shift);
            rounded = BigInteger.DivRem(Unscaled, unit, out var rest);
            var half = (rest * 2).CompareTo(unit);
            if (half > 0 || (half == 0 && !rounded.IsEven)) rounded++;
        }

        var digits = rounded.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, DigitFamily.Ascii);
        return (digits[..^places], digits[^places..]);
    }

    private static DecimalDigits Parse(string shortest)
    {
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var places = point < 0 ? 0 : mantissa.Length - 1 - point;
        return new DecimalDigits(BigInteger.Parse(mantissa.Replace(".", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture), places - exponent);
    }
}
