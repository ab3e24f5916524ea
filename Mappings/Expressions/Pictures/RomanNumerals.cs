using System.Text;

namespace Mappings.Expressions.Pictures;

/// <summary>Roman numbers; there is none for zero.</summary>
internal static class RomanNumerals
{
    private static readonly (int Value, string Letters)[] Signs =
    [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ];

    public static string Format(int number)
    {
        var text = new StringBuilder();
        foreach (var (value, letters) in Signs)
        {
            for (; number >= value; number -= value) text.Append(letters);
        }

        return text.ToString();
    }

    /// <summary>The number of a text; -1 when a character is no Roman sign of that case.</summary>
    public static long Parse(ReadOnlySpan<char> text, bool upper)
    {
        long total = 0;
        var highest = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            var value = char.IsAsciiLetterUpper(text[i]) == upper ? Value(char.ToUpperInvariant(text[i])) : 0;
            if (value == 0) return -1;
            total += value < highest ? -value : value;
            highest = Math.Max(highest, value);
        }

        return text.IsEmpty ? -1 : total;
    }

    public static bool IsSign(char upper) => Value(upper) > 0;

    private static int Value(char upper) => upper switch { 'M' => 1000, 'D' => 500, 'C' => 100, 'L' => 50, 'X' => 10, 'V' => 5, 'I' => 1, _ => 0 };
}
