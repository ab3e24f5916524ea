using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Mappings.Expressions.Runtime;

/// <summary>Prints numbers: no trailing zeros, no culture, an exponent only where JavaScript writes one.</summary>
internal static class NumberText
{
    private const int ExactDigits = 15;
    private const decimal Tiny = 0.000001m;
    private const decimal Huge = 1e21m;
    private const decimal InexactFrom = 1e26m;

    public static string Format(in Value ready)
    {
        switch (ready.Tag)
        {
            case Tag.Decimal when ready.Decimal == 0:
                return "0";
            case Tag.Decimal when ready.Decimal.Scale > 0 && IsRounded(ready.Decimal):
                return Double((double)ready.Decimal);
            case Tag.Decimal when Math.Abs(ready.Decimal) is >= Tiny and < Huge:
                return Trim(ready.Decimal.ToString(CultureInfo.InvariantCulture));
            case Tag.Decimal:
                return Scientific(ready.Decimal.ToString(CultureInfo.InvariantCulture));
            case Tag.Big:
                return Scientific(ready.Big.ToString(CultureInfo.InvariantCulture));
            default:
                return Double(ready.Double);
        }
    }

    /// <summary>As JSON; <paramref name="destination"/> needs 400 bytes.</summary>
    public static int Write(in Value ready, Span<byte> destination)
    {
        int written;
        if (Digits.Of(ready) is { IsNone: false } digits)
        {
            var (bits, scale) = (digits.Bits, digits.Scale);
            for (; scale > 0 && bits % 10 == 0; scale--) bits /= 10;
            return Write(bits, scale, digits.IsNegative, destination);
        }

        if (ready.Tag == Tag.Decimal)
        {
            Utf8Formatter.TryFormat(ready.Decimal, destination, out written);
            if (ready.Decimal.Scale == 0) return written;
            while (destination[written - 1] == '0') written--;
            return destination[written - 1] == '.' ? written - 1 : written;
        }

        var text = ready.Tag == Tag.Big ? ready.Big.ToString(CultureInfo.InvariantCulture) : Double(ready.Double);
        System.Text.Encoding.UTF8.TryGetBytes(text, destination, out written);
        return written;
    }

    /// <summary>A decimal with so many digits behind the point; it must have no more. <paramref name="destination"/> needs 80 bytes.</summary>
    public static int WriteFixed(decimal number, int places, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(number, destination, out var written, new StandardFormat('F', (byte)places));
        return written;
    }

    /// <inheritdoc cref="WriteFixed(decimal, int, Span{byte})"/>
    public static int WriteFixed(Digits digits, int places, Span<byte> destination)
    {
        var scale = digits.Scale;
        var written = Write(digits.Bits, scale, digits.IsNegative, destination);
        if (scale == places) return written;
        if (scale == 0) destination[written++] = (byte)'.';
        destination.Slice(written, places - scale).Fill((byte)'0');
        return written + places - scale;
    }

    private static int Write(ulong bits, int scale, bool isNegative, Span<byte> destination)
    {
        var start = isNegative && bits != 0 ? 1 : 0;
        destination[0] = (byte)'-';
        var length = start + Math.Max(Count(bits), scale + 1) + (scale > 0 ? 1 : 0);
        var at = length;
        for (var i = 0; i < scale; i++) destination[--at] = Last(ref bits);
        if (scale > 0) destination[--at] = (byte)'.';
        while (at > start) destination[--at] = Last(ref bits);
        return length;
    }

    private static byte Last(ref ulong bits)
    {
        var (rest, digit) = Math.DivRem(bits, 10);
        bits = rest;
        return (byte)('0' + digit);
    }

    private static int Count(ulong bits)
    {
        var count = 1;
        while (count < 20 && bits >= Digits.Powers[count]) count++;
        return count;
    }

    /// <summary>As JavaScript prints a double that was rounded to 15 digits.</summary>
    private static string Double(double value)
    {
        if (!double.IsFinite(value)) return "null";
        var text = value.ToString("E14", CultureInfo.InvariantCulture);
        var negative = text[0] == '-';
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var digits = text[(negative ? 1 : 0)..e].Replace(".", string.Empty, StringComparison.Ordinal).TrimEnd('0');
        if (digits.Length == 0) return "0";
        return Layout(negative, digits, int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    /// <summary>An exponent where JavaScript writes one, but never at the price of a digit: a long identifier stays whole.</summary>
    private static string Scientific(string plain)
    {
        var negative = plain[0] == '-';
        var body = negative ? plain[1..] : plain;
        var point = body.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? body : body[..point];
        var all = point < 0 ? body : whole + body[(point + 1)..];
        var leading = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        if (digits.Length > ExactDigits) return point < 0 ? plain : Trim(plain);
        return Layout(negative, digits, whole.Length - 1 - leading);
    }

    private static string Layout(bool negative, string digits, int exponent)
    {
        string body;
        if (exponent is >= -6 and < 21)
        {
            if (exponent < 0) body = "0." + new string('0', -exponent - 1) + digits;
            else if (digits.Length <= exponent + 1) body = digits.PadRight(exponent + 1, '0');
            else body = digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
        }
        else
        {
            var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
            body = mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
        }

        return negative ? "-" + body : body;
    }

    /// <summary>A quotient without end fills all 28 digits; as a text it gets the 15 that JSONata prints. Exact results stay whole.</summary>
    private static bool IsRounded(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        return new decimal(bits[0], bits[1], bits[2], false, 0) > InexactFrom;
    }

    private static string Trim(string text) => text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
}
