using System.Runtime.CompilerServices;

namespace Mappings.Expressions.Runtime;

/// <summary>
/// Arithmetic on decimals whose digits fit 64 bits, which nearly all of a message's do. Each operation gives exactly the number
/// the library's 96-bit one gives, or answers false and leaves it to that.
/// </summary>
internal static class SmallDecimal
{
    private const long Sign = 0x8000_0000;
    private const int ScaleShift = 16;
    private const int MaxScale = 28;

    private static ReadOnlySpan<ulong> Powers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
    ];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryMultiply(in Value a, in Value b, out Value product)
    {
        var scale = Scale(a) + Scale(b);
        if (AreSmall(a, b) && scale <= MaxScale && Math.BigMul((ulong)a.Hi, (ulong)b.Hi, out var digits) == 0)
        {
            product = digits == 0 ? Value.FromDigits(0, 0) : Value.FromDigits(digits, ((long)scale << ScaleShift) | ((a.Lo ^ b.Lo) & Sign));
            return true;
        }

        product = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryAdd(in Value a, in Value b, out Value sum) => TryAdd(a, b, b.Lo & Sign, out sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySubtract(in Value a, in Value b, out Value difference) => TryAdd(a, b, (b.Lo & Sign) ^ Sign, out difference);

    /// <summary>Only by a power of ten: percentages and cents.</summary>
    public static bool TryDivide(in Value a, in Value b, out Value quotient)
    {
        quotient = default;
        if (!AreSmall(a, b)) return false;
        var tens = Powers.IndexOf((ulong)b.Hi);
        var scale = Scale(a) + tens - Scale(b);
        if (tens < 0 || scale is < 0 or > MaxScale) return false;
        quotient = a.Hi == 0 ? Value.FromDigits(0, 0) : Value.FromDigits((ulong)a.Hi, ((long)scale << ScaleShift) | ((a.Lo ^ b.Lo) & Sign));
        return true;
    }

    /// <summary>The digits of a decimal and how many of them stand behind the point.</summary>
    public static bool TryGetDigits(in Value number, out ulong digits, out int scale, out bool isNegative)
    {
        digits = (ulong)number.Hi;
        scale = Scale(number);
        isNegative = (number.Lo & Sign) != 0;
        return number.Tag == Tag.Decimal && (ulong)number.Lo >> 32 == 0;
    }

    /// <summary>Ten to the power of 0 to 19.</summary>
    public static ulong Power(int exponent) => Powers[exponent];

    private static bool TryAdd(in Value a, in Value b, long signOfB, out Value sum)
    {
        sum = default;
        if (!AreSmall(a, b)) return false;
        var (x, y) = ((ulong)a.Hi, (ulong)b.Hi);
        var scale = Scale(a);
        if (scale != Scale(b) && !TryAlign(ref x, ref y, ref scale, Scale(b))) return false;
        var sign = a.Lo & Sign;
        ulong digits;
        if (sign == signOfB)
        {
            digits = x + y;
            if (digits < x) return false;
        }
        else if (x >= y) digits = x - y;
        else
        {
            digits = y - x;
            sign = signOfB;
        }

        sum = Value.FromDigits(digits, ((long)scale << ScaleShift) | (digits == 0 ? 0 : sign));
        return true;
    }

    /// <summary>Gives both numbers the greater scale.</summary>
    private static bool TryAlign(ref ulong x, ref ulong y, ref int scale, int other)
    {
        var distance = Math.Abs(scale - other);
        if (distance >= Powers.Length) return false;
        if (scale > other) return Math.BigMul(y, Powers[distance], out y) == 0;
        scale = other;
        return Math.BigMul(x, Powers[distance], out x) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreSmall(in Value a, in Value b) => ((ulong)(a.Lo | b.Lo) >> 32) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Scale(in Value number) => (int)(number.Lo >> ScaleShift) & 0xFF;
}
