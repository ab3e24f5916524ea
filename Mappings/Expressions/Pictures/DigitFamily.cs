using System.Globalization;
using System.Text;

namespace Mappings.Expressions.Pictures;

/// <summary>Decimal digits of any script: ten characters in a row, known by their zero (XPath's "decimal digit family").</summary>
internal static class DigitFamily
{
    public const char Ascii = '0';

    /// <summary>The zero of the family that a character belongs to; false when it is no decimal digit.</summary>
    public static bool TryZero(char c, out char zero)
    {
        var value = CharUnicodeInfo.GetDecimalDigitValue(c);
        zero = (char)(c - Math.Max(0, value));
        return value >= 0;
    }

    public static bool IsDigit(char c, char zero) => c >= zero && c <= zero + 9;

    /// <summary>ASCII digits written in another family; other characters stay.</summary>
    public static string Translate(string text, char zero)
    {
        if (zero == Ascii) return text;
        var result = new StringBuilder(text.Length);
        foreach (var c in text) result.Append(char.IsAsciiDigit(c) ? (char)(c - Ascii + zero) : c);
        return result.ToString();
    }
}
