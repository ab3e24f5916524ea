namespace Mappings.Layouts;

/// <summary>Last digits of COBOL's zoned decimals in ASCII, which carry the sign: <c>{ABCDEFGHI</c> positive, <c>}JKLMNOPQR</c> negative.</summary>
internal static class Overpunch
{
    private const string Positive = "{ABCDEFGHI";
    private const string Negative = "}JKLMNOPQR";

    public static bool TryRead(byte found, out byte digit, out bool isNegative)
    {
        var plus = Positive.IndexOf((char)found, StringComparison.Ordinal);
        var minus = Negative.IndexOf((char)found, StringComparison.Ordinal);
        isNegative = minus >= 0;
        digit = (byte)('0' + Math.Max(plus, minus));
        if (plus >= 0 || minus >= 0) return true;
        digit = 0;
        return false;
    }

    public static byte Write(char digit, bool isNegative) => (byte)(isNegative ? Negative : Positive)[digit - '0'];
}
