using System.Runtime.CompilerServices;

namespace Mappings.Expressions.Runtime;

/// <summary>
/// A decimal whose digits fit 64 bits, which nearly all of a message's do: two words, so that it is passed in registers.
/// Each operation gives exactly the number the library's 96-bit one gives, or <see cref="None"/>, which leaves it to that.
/// </summary>
/// <param name="Bits">The digits as a whole number.</param>
/// <param name="Flags">Scale and sign where <see cref="decimal"/> has them; negative for none.</param>
internal readonly record struct Digits(ulong Bits, long Flags)
{
    private const long Sign = 0x8000_0000;
    private const int ScaleShift = 16;
    private const int MaxScale = 28;

    /// <summary>Not such a decimal.</summary>
    public static Digits None => new(0, -1);

    public bool IsNone => Flags < 0;

    /// <summary>How many of the digits stand behind the point.</summary>
    public int Scale => (int)(Flags >> ScaleShift) & 0xFF;

    public bool IsNegative => (Flags & Sign) != 0;

    /// <summary>Ten to the power of 0 to 19.</summary>
    public static ReadOnlySpan<ulong> Powers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
    ];

    public static Digits Of(ulong bits, int scale, bool isNegative) => new(bits, ((long)scale << ScaleShift) | (isNegative ? Sign : 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Digits Of(in Value number) => number.Tag == Tag.Decimal && (ulong)number.Lo >> 32 == 0 ? new Digits((ulong)number.Hi, number.Lo) : None;

    /// <summary>The number of a JSON text without exponent and of at most 19 characters; none for a longer one.</summary>
    public static Digits Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > 19) return None;
        ulong bits = 0;
        var isNegative = utf8[0] == '-';
        var point = utf8.Length - 1;
        for (var at = isNegative ? 1 : 0; at < utf8.Length; at++)
        {
            var digit = (uint)utf8[at] - '0';
            if (digit <= 9) bits = (bits * 10) + digit;
            else if (utf8[at] == '.') point = at;
            else return None;
        }

        return Of(bits, utf8.Length - 1 - point, isNegative);
    }

    public static Digits operator *(Digits a, Digits b)
    {
        var scale = a.Scale + b.Scale;
        if (scale > MaxScale || Math.BigMul(a.Bits, b.Bits, out var bits) != 0) return None;
        return bits == 0 ? default : new Digits(bits, ((long)scale << ScaleShift) | ((a.Flags ^ b.Flags) & Sign));
    }

    public static Digits operator +(Digits a, Digits b)
    {
        if (((a.Flags ^ b.Flags) >> ScaleShift & 0xFF) != 0 && !TryAlign(ref a, ref b)) return None;
        if (a.IsNegative == b.IsNegative)
        {
            var sum = a.Bits + b.Bits;
            return sum < a.Bits ? None : a with { Bits = sum };
        }

        if (a.Bits == b.Bits) return default;
        return a.Bits > b.Bits ? a with { Bits = a.Bits - b.Bits } : b with { Bits = b.Bits - a.Bits };
    }

    public static Digits operator -(Digits a, Digits b) => a + new Digits(b.Bits, b.Flags ^ Sign);

    /// <summary>Only by a power of ten: percentages and cents.</summary>
    public static Digits operator /(Digits a, Digits b)
    {
        var tens = Powers.IndexOf(b.Bits);
        var scale = a.Scale + tens - b.Scale;
        if (tens < 0 || scale is < 0 or > MaxScale) return None;
        return a.Bits == 0 ? default : new Digits(a.Bits, ((long)scale << ScaleShift) | ((a.Flags ^ b.Flags) & Sign));
    }

    /// <summary>With at most so many digits behind the point.</summary>
    /// <param name="mode">To even, away from zero, or to zero.</param>
    public Digits Round(int places, MidpointRounding mode)
    {
        var dropped = Scale - places;
        if (dropped <= 0) return this;
        if (dropped >= Powers.Length) return None;
        var (kept, rest) = Math.DivRem(Bits, Powers[dropped]);
        var half = Powers[dropped] / 2;
        if (mode != MidpointRounding.ToZero && (rest > half || (rest == half && (mode == MidpointRounding.AwayFromZero || (kept & 1) == 1)))) kept++;
        return Of(kept, places, IsNegative);
    }

    public Value ToValue() => new(Tag.Decimal, null, 0, Flags, (long)Bits);

    /// <summary>Gives both numbers the greater scale.</summary>
    private static bool TryAlign(ref Digits a, ref Digits b)
    {
        var distance = a.Scale - b.Scale;
        if (Math.Abs(distance) >= Powers.Length) return false;
        if (distance < 0) return TryScale(ref a, -distance);
        return TryScale(ref b, distance);
    }

    private static bool TryScale(ref Digits number, int places)
    {
        var fits = Math.BigMul(number.Bits, Powers[places], out var bits) == 0;
        number = new Digits(bits, number.Flags + ((long)places << ScaleShift));
        return fits;
    }
}
